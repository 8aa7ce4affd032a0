//! The cost of a search by the number of sections: the whole answer, page included, for a word of
//! every text, a word of one heading, an unfinished one, a misspelt one, which is compared with all
//! words, and several words. And the cost of the index.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use career_guide::config::Config;
use career_guide::server::App;
use career_guide::site::Site;
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group};

use crate::comparison::ask;
use crate::read;
use crate::support::{guide, name};

const SECTIONS: [usize; 3] = [10, 100, 1000];

fn questions(criterion: &mut Criterion) {
    // All of them stand in the smallest guide.
    let own = name(17);
    let (begun, mut slip) = (own[..3].to_owned(), own.clone());
    slip.replace_range(3..4, "x");
    let questions = [
        ("everywhere", "storm".to_owned()),
        ("exact", own),
        ("begun", begun),
        ("misspelt", slip),
        ("several", "keeper in a hurry writes of the storm".to_owned()),
    ];
    let asked = Cell::new(0_u64);
    for size in SECTIONS {
        let site = Site::build(read(&guide(size, 3)), &Config::default()).expect("it is sound");
        site.finder();
        let app = App::new(Arc::new(site));
        for (kind, query) in &questions {
            let mut group = criterion.benchmark_group(format!("search/{kind}"));
            group.throughput(Throughput::Elements(size as u64));
            group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(2));
            group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
                bencher.iter(|| {
                    // The first value is searched for; the second makes the query new, so that no stored
                    // answer is sent.
                    asked.set(asked.get() + 1);
                    ask(
                        &app,
                        &format!("/search?q={}&q={}", query.replace(' ', "+"), asked.get()),
                        "",
                    )
                });
            });
            group.finish();
        }
    }
}

fn index(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("index/sections");
    for size in SECTIONS {
        let content = Arc::new(read(&guide(size, 3)));
        let build = || Site::build(Arc::clone(&content), &Config::default()).expect("it is sound");
        group.sample_size(10).throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter_batched(
                build,
                |site| {
                    site.finder();
                    site
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(search, index, questions);
