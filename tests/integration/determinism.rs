//! The output is a function of the site, not of the run.

use crate::support::picture::seeded;
use crate::support::{SiteBuilder, quadrants};

fn site() -> SiteBuilder {
    SiteBuilder::gallery_of(&[
        ("1.jpg", quadrants(900, 600)),
        ("2.jpg", seeded(1100, 801, 2).orientation(6)),
        ("3.png", seeded(333, 777, 3)),
        ("4.jpg", seeded(3, 5, 4)),
        ("5.jpg", seeded(2000, 100, 5)),
    ])
    .settings(
        "b/settings.yaml",
        "title: B\ncover: ../a/1.jpg\nsections:\n- type: panorama\n  image: {name: ../a/5.jpg, quality: 90}\n",
    )
}

#[test]
fn cold_warm_and_cacheless_builds_with_any_number_of_jobs_are_equal() {
    let cold = site();
    cold.run(&["build", "-j1"]).success();
    let expected = cold.output();
    cold.run(&["build", "-j2"]).success();
    cold.output().assert_equal(&expected, "warm");
    for jobs in ["-j1", "-j2", "-j7"] {
        cold.delete(".cimaise-cache");
        cold.delete("build");
        cold.run(&["build", jobs]).success();
        cold.output().assert_equal(&expected, jobs);
    }
    let little_memory = site();
    little_memory.run(&["build", "-j4", "--memory", "1m"]).success();
    little_memory.output().assert_equal(&expected, "--memory 1m, another folder");
}

#[test]
fn bytes_do_not_depend_on_what_else_was_missing() {
    let site = site();
    site.build();
    let expected = site.output();
    // Every other entry of the store is deleted: levels and sizes are then made in other combinations.
    let store = site.root().join(".cimaise-cache/store");
    for (index, path) in crate::support::Tree::read(&store).paths().into_iter().enumerate() {
        if index % 2 == 0 {
            std::fs::remove_file(store.join(path)).expect("deleted");
        }
    }
    site.delete("build");
    site.build();
    site.output().assert_equal(&expected, "half a store");
}
