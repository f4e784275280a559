//! Films that browsers cannot show as they are: a high dynamic range, and fields instead of frames.

use std::process::Command;

use super::videos::{FFMPEG, MP4, PROBE, ffmpeg, program, published, site};
use crate::support::SiteBuilder;

/// Makes films in folder `a` of a new site; the gallery shows them in this order. `None` if there is no ffmpeg with what is needed.
fn filmed(films: &[(&str, &str)]) -> Option<SiteBuilder> {
    let lists = ["-encoders", "-filters"].map(|list| {
        let output = Command::new("ffmpeg").args(["-v", "error", list]).output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
    });
    let needed = ["libx264 ", " aac ", "mpeg2video ", "dvvideo ", " zscale ", " tonemap ", " bwdif "];
    if !needed.iter().all(|name| lists.concat().contains(name)) {
        println!("skipped: there is no ffmpeg here with all encoders and filters");
        return None;
    }
    let section =
        |(name, _): &(&str, &str)| format!("- {{type: bordered-picture, image: {{name: {name}, type: video}}}}\n");
    let sections: String = films.iter().map(section).collect();
    let cover = films[0].0;
    let gallery = format!("title: A\ncover: {{name: {cover}, type: video}}\nsections:\n{sections}");
    let site = SiteBuilder::new().settings("a/settings.yaml", &gallery);
    for (name, arguments) in films {
        ffmpeg(&site.root().join("a"), &format!("{arguments} {name}"));
    }
    Some(site)
}

/// Returns the stills of a film in the output.
fn stills(site: &SiteBuilder, film: &str) -> Vec<image::RgbImage> {
    let name = film.split('.').next().unwrap_or_default().to_owned() + "-";
    let found = published(site, ".jpg").into_iter().filter(|path| path.starts_with(&name));
    let found: Vec<_> = found.map(|path| site.picture(&format!("a/{path}"))).collect();
    assert!(!found.is_empty(), "{film}");
    found
}

#[test]
fn films_with_a_high_dynamic_range_are_converted_for_ordinary_screens() {
    // White paper, which has 203 cd/m²: 58 % of the signal in PQ, 75 % in HLG.
    let white = |level: &str| {
        format!(
            "-f lavfi -i color=c=0x{level}{level}{level}:size=320x180:rate=10:duration=1 -pix_fmt yuv420p10le -c:v libx264"
        )
    };
    let (pq, hlg) = (white("94"), white("BF"));
    let films = [
        ("pq.mp4", format!("{pq} -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc")),
        ("hlg.mov", format!("{hlg} -color_primaries bt2020 -color_trc arib-std-b67 -colorspace bt2020nc")),
        ("bare.mkv", format!("{pq} -color_trc smpte2084")),
        (
            "plain.mp4",
            "-f lavfi -i color=c=0x949494:size=320x180:rate=10:duration=1 -pix_fmt yuv420p -c:v libx264".to_owned(),
        ),
    ];
    let Some(site) = filmed(&films.each_ref().map(|(name, arguments)| (*name, arguments.as_str()))) else { return };
    let run = site.build();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    for (name, white) in [("pq.mp4", 238), ("hlg.mov", 238), ("bare.mkv", 238), ("plain.mp4", 148)] {
        for still in stills(&site, name) {
            let seen = still.get_pixel(still.width() / 2, still.height() / 2).0;
            assert!(seen.iter().all(|channel| channel.abs_diff(white) < 9), "{name}: {seen:?}");
        }
    }
    // Films look as their posters do.
    for path in published(&site, ".mp4") {
        let film = site.root().join("build/a").join(&path);
        let shot = site.root().join("shot.png");
        let asked = ["-frames:v", "1", "-y", "-vf", "scale=in_color_matrix=bt709,format=rgb24"];
        assert!(Command::new("ffmpeg").args(["-v", "error", "-i"]).arg(film).args(asked).arg(&shot).status().is_ok());
        let white = if path.starts_with("plain") { 148 } else { 238 };
        let seen = image::open(&shot).expect("a picture").to_rgb8().get_pixel(160, 90).0;
        assert!(seen.iter().all(|channel| channel.abs_diff(white) < 12), "{path}: {seen:?}");
    }
    for path in published(&site, ".mp4") {
        let film = site.root().join("build/a").join(path);
        let asked = ["-v", "error", "-show_entries", "stream=color_transfer,pix_fmt", "-of", "csv=p=0"];
        let told = Command::new("ffprobe").args(asked).arg(film).output().expect("ffprobe runs");
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(
            told.contains("yuv420p") && !told.contains("10le") && !told.contains("smpte2084") && !told.contains("arib"),
            "{told}"
        );
    }
}

#[test]
fn interlaced_films_are_deinterlaced() {
    let bar = "-f lavfi -i nullsrc=size=720x576:rate=50:duration=1,format=yuv420p,\
               geq=lum='16+219*between(X\\,mod(N*14\\,600)\\,mod(N*14\\,600)+40)':cb=128:cr=128";
    let films = [
        ("broadcast.mpg", format!("{bar} -vf tinterlace=interleave_top -c:v mpeg2video -q:v 3 -flags +ilme+ildct")),
        (
            "avchd.mts",
            format!("{bar} -vf tinterlace=interleave_top -c:v libx264 -qp 20 -flags +ilme+ildct -x264-params tff=1"),
        ),
        ("tape.dv", format!("{bar} -vf tinterlace=interleave_bottom -c:v dvvideo -pix_fmt yuv420p")),
    ];
    let Some(site) = filmed(&films.each_ref().map(|(name, arguments)| (*name, arguments.as_str()))) else { return };
    site.build();
    for (name, _) in &films {
        for still in stills(&site, name) {
            let brightness = |x: u32, first: u32| {
                let rows: Vec<u64> =
                    (first..still.height()).step_by(2).map(|y| u64::from(still.get_pixel(x, y).0[1])).collect();
                rows.iter().sum::<u64>() / rows.len() as u64
            };
            let combed = (0..still.width()).filter(|x| brightness(*x, 0).abs_diff(brightness(*x, 1)) > 60).count();
            assert_eq!(combed, 0, "{name} at {}x{}", still.width(), still.height());
        }
    }
}

#[test]
fn without_the_filters_there_is_one_warning_about_a_high_dynamic_range() {
    let site = site(
        "",
        "- {type: bordered-picture, image: {name: clip.mp4, type: video}}\n- {type: bordered-picture, image: {name: other.mp4, type: video}}\n",
    );
    site.write("a/other.mp4", &[MP4, b"2"].concat());
    program(&site, "ffprobe", &PROBE.replace("\"pix_fmt\"", "\"color_transfer\": \"arib-std-b67\", \"pix_fmt\""));
    program(
        &site,
        "ffmpeg",
        &FFMPEG.replace("*image2pipe*)", "*-filters*) echo ' TS. bwdif V->V x'; exit ;;\n*image2pipe*)"),
    );
    let run = site.build();
    assert_eq!(run.stderr.matches("warning[video/high-range]").count(), 1, "{}", run.stderr);
    assert!(
        run.stderr.contains("it will look washed out") && run.stderr.contains("`zscale` and `tonemap`"),
        "{}",
        run.stderr
    );
}
