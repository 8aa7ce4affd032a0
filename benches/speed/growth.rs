//! How the work of starting grows with the guide: reading and checking it, rendering it, packing
//! it. Each size is ten times the one before; per section (or country) the time should stay about
//! the same, which is what the throughput in the output says.

use std::hint::black_box;
use std::time::Duration;

use career_guide::config::Config;
use career_guide::content::source::Files;
use career_guide::site::Site;
use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group};

use crate::read;
use crate::support::guide;

fn by_sections(criterion: &mut Criterion) {
    by_size(criterion, "sections", [10, 100, 1000], |size| guide(size, 3));
}

fn by_countries(criterion: &mut Criterion) {
    by_size(criterion, "countries", [3, 30, 300], |size| guide(10, size));
}

fn by_size(criterion: &mut Criterion, of: &str, sizes: [usize; 3], make: fn(usize) -> Files) {
    for (step, work) in STEPS {
        let mut group = criterion.benchmark_group(format!("{step}/{of}"));
        for size in sizes {
            work(&mut group, size, &make(size));
        }
        group.finish();
    }
}

type Work = fn(&mut BenchmarkGroup<'_, WallTime>, usize, &Files);
const STEPS: [(&str, Work); 3] = [("load", load), ("build", build), ("pack", pack)];

fn load(group: &mut BenchmarkGroup<'_, WallTime>, size: usize, files: &Files) {
    measure(group, size).bench_function(BenchmarkId::from_parameter(size), |bencher| {
        bencher.iter(|| read(black_box(files)));
    });
}

fn build(group: &mut BenchmarkGroup<'_, WallTime>, size: usize, files: &Files) {
    let config = Config::default();
    measure(group, size).bench_function(BenchmarkId::from_parameter(size), |bencher| {
        bencher.iter_batched(
            || read(files),
            |content| Site::build(content, &config),
            BatchSize::PerIteration,
        );
    });
}

fn pack(group: &mut BenchmarkGroup<'_, WallTime>, size: usize, files: &Files) {
    let config = Config::default();
    measure(group, size).bench_function(BenchmarkId::from_parameter(size), |bencher| {
        bencher.iter_batched(
            || Site::build(read(files), &config).expect("the guide is sound"),
            |site| {
                site.pack();
                site
            },
            BatchSize::PerIteration,
        );
    });
}

fn measure<'g, 'm>(
    group: &'g mut BenchmarkGroup<'m, WallTime>,
    size: usize,
) -> &'g mut BenchmarkGroup<'m, WallTime> {
    group.warm_up_time(Duration::from_secs(1));
    group.sample_size(10).throughput(Throughput::Elements(size as u64))
}

criterion_group!(growth, by_sections, by_countries);
