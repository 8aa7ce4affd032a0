//! Style sheets, scripts and icons.

use career_guide::address::Urls;
use career_guide::site::assets::Assets;
use http::StatusCode;

use crate::support::TestSite;

#[tokio::test]
async fn an_asset_is_immutable_and_a_wrong_hash_is_not_found() {
    let assets = Assets::embedded(&Urls::new(None)).unwrap();
    let site = TestSite::new().base_url("https://example.org/x").start();
    for asset in assets.files {
        let answer = site.get(&format!("/x{}", asset.path)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", asset.path);
        assert_eq!(answer.body, asset.body, "{}", asset.path);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.header("content-type"), asset.content_type);

        let (stem, ending) = asset.path.rsplit_once('.').unwrap();
        let wrong = format!("/x{}0000000000.{ending}", &stem[..stem.len() - 10]);
        let answer = site.get(&wrong).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        assert!(!answer.header("cache-control").contains("immutable"));
    }
}

#[tokio::test]
async fn source_names_of_assets_are_not_addresses() {
    let site = TestSite::new().start();
    for path in ["/static/css/site.css", "/assets/site.css", "/css/site.css", "/assets"] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
