//! What a user's CI does: record what is there, fail on what is new, repair it, pass.

use std::fs;
use std::path::Path;

use super::{FIXABLE, run, stdout};

/// From a text to the bytes of a file.
type Encoder<'a> = &'a dyn Fn(&str) -> Vec<u8>;

fn copy_seeds(to: &Path) {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for entry in fs::read_dir(seeds).expect("seeds") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

#[test]
fn baseline_new_defect_fail_fix_pass() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    copy_seeds(folder);
    let code = |arguments: &[&str]| run(folder, arguments).status.code();
    assert_eq!(code(&["check", "."]), Some(1), "the seeds have defects");
    assert_eq!(code(&["check", ".", "--baseline", "known.json", "--write-baseline"]), Some(0));
    let check = ["check", ".", "--baseline", "known.json", "--fail-on", "information"];
    assert_eq!(code(&check), Some(0), "what is known does not count");

    // Edits above known findings wake none of them.
    let page = folder.join("union-district-page.md");
    let before = fs::read_to_string(&page).expect("a seed");
    fs::write(&page, format!("本页由编辑整理。\n\n{before}")).expect("written");
    assert_eq!(code(&check), Some(0), "{}", stdout(&run(folder, &check)));

    fs::write(folder.join("new.md"), FIXABLE).expect("written");
    let output = run(folder, &[&check[..], &["--format", "concise"]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).starts_with("new.md:1:24: information[unused-suppression]"), "{}", stdout(&output));

    assert_eq!(code(&["check", "new.md", "--fix", "--fail-on", "information"]), Some(0));
    assert_eq!(code(&check), Some(0), "repaired");
}

#[test]
fn only_changed_files_are_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
        let status = std::process::Command::new("git").current_dir(folder).args(identity).args(arguments).output();
        status.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        // A machine without git has no repository to compare with.
        return;
    }
    for name in ["old.md", "edited.md", "moved.md"] {
        fs::write(folder.join(name), FIXABLE).expect("written");
    }
    let n_files = |folder: &Path, arguments: &[&str]| {
        let output = run(folder, &[&["check", "--format", "json"], arguments].concat());
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        json["summary"]["files"].as_u64().expect("a number")
    };
    assert!(git(&["add", "old.md"]));
    assert_eq!(n_files(folder, &["--changed"]), 3, "before the first commit everything is new");
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "pages"]));
    assert_eq!(n_files(folder, &["--changed"]), 0);
    fs::create_dir(folder.join("sub")).expect("a folder");
    assert!(git(&["mv", "moved.md", "sub/moved.md"]));
    fs::write(folder.join("edited.md"), format!("{FIXABLE}\n补记一笔。\n")).expect("written");
    fs::write(folder.join("新版面.md"), FIXABLE).expect("written");
    let output = run(folder, &["check", "--changed", "--format", "concise"]);
    let lines: Vec<String> = stdout(&output).lines().map(|line| line.split(':').next().unwrap_or("").into()).collect();
    assert_eq!(lines[..3], ["edited.md", "sub/moved.md", "新版面.md"], "{}", stdout(&output));
    assert_eq!(n_files(&folder.join("sub"), &["--changed"]), 1, "of the working directory");
    assert_eq!(n_files(&folder.join("sub"), &["--changed", ".."]), 3);
    assert!(git(&["config", "diff.relative", "true"]));
    assert_eq!(n_files(&folder.join("sub"), &["--changed", ".."]), 3, "whatever the user sets");
    assert_eq!(run(folder, &["check", "--since", "nothing"]).status.code(), Some(2));
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.md"), FIXABLE).expect("written");
    fs::write(folder.join("binary.md"), b"\x00\x01\x02\xff\xfe").expect("written");
    fs::create_dir(folder.join("folder.md")).expect("a folder");
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", folder.join("folder.md/loop")).expect("linked");
    let output = run(folder, &["check", ".", "missing.md", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["summary"]["byRule"]["unused-suppression"], 1, "{json}");
    let errors: Vec<&str> =
        json["errors"].as_array().expect("errors").iter().filter_map(|e| e["path"].as_str()).collect();
    assert!(errors.contains(&"binary.md") && errors.contains(&"missing.md"), "{errors:?}");
    assert!(cfg!(not(unix)) || errors.iter().any(|path| path.ends_with("loop")), "{errors:?}");
}

#[test]
fn every_format_says_what_could_not_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), FIXABLE).expect("written");
    let formats = run(folder.path(), &["check", "--help"]);
    let formats = stdout(&formats);
    let (_, formats) = formats.split_once("several may be given [").expect("a list of formats");
    let formats: Vec<&str> = formats.split_once(']').expect("its end").0.split(',').map(str::trim).collect();
    assert!(formats.len() > 10, "{formats:?}");
    for format in formats {
        let output = run(folder.path(), &["check", "--exit-zero", "--format", format, "a.md", "missing.md"]);
        // A format without a place for it leaves it to standard error and the exit code.
        assert_eq!(output.status.code(), Some(2), "{format}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(error, "error: missing.md: no such file or directory\n", "{format}");
        assert!(stdout(&output).contains("unused-suppression"), "{format}");
        assert_eq!(stdout(&output).contains("missing.md"), !matches!(format, "human" | "concise" | "grouped"));
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.md"), super::FIXED).expect("written");
    std::os::unix::fs::symlink("missing", folder.join("gone.md")).expect("linked");
    std::os::unix::fs::symlink("round.md", folder.join("round.md")).expect("linked");
    for paths in [&["."][..], &["gone.md", "round.md"]] {
        let output = run(folder, &[&["check"], paths].concat());
        assert_eq!(output.status.code(), Some(2));
        let (nowhere, errors) = ("is a symbolic link that leads nowhere", String::from_utf8_lossy(&output.stderr));
        assert_eq!(errors, format!("error: gone.md: {nowhere}\nerror: round.md: {nowhere}\n"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    for (lang, said) in [("en", "standard output: no space left on device"), ("zh", "标准输出：磁盘空间已满")]
    {
        for arguments in [&["rules"][..], &["check", "-", "--diff"], &["check", "-", "--fix-only"], &["man"]] {
            let mut child = super::article_lsp(folder.path())
                .args(arguments)
                .args(["--lang", lang])
                .stdin(std::process::Stdio::piped())
                .stdout(fs::File::options().write(true).open("/dev/full").expect("there"))
                .stderr(std::process::Stdio::piped())
                .spawn()
                .expect("the program starts");
            // A command that reads no standard input may have ended.
            let _ = std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), FIXABLE.as_bytes());
            let output = child.wait_with_output().expect("ended");
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.code() == Some(2) && error.contains(said), "{arguments:?}: {error}");
        }
    }
}

#[test]
fn a_text_without_end_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [["check", "-"], ["outline", "-"]] {
        let mut child = super::article_lsp(folder.path())
            .args(arguments)
            .stdin(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let line = "没完没了".repeat(100_000);
        while std::io::Write::write_all(&mut stdin, line.as_bytes()).is_ok() {}
        let output = child.wait_with_output().expect("ended");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("is larger than 32 MiB"));
    }
}

#[test]
fn the_order_of_findings_is_that_of_the_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    for n in 0..60 {
        fs::write(folder.join(format!("{n:02}.md")), FIXABLE).expect("written");
    }
    let output = |threads: &str| {
        let mut command = super::article_lsp(folder);
        let output = command.args(["check", ".", "--format", "json"]).env("RAYON_NUM_THREADS", threads).output();
        stdout(&output.expect("the program starts"))
    };
    let alone = output("1");
    assert_eq!(output("7"), alone);
    assert!(alone.find("00.md") < alone.find("59.md"));
}

#[test]
fn encoding_and_line_ends_survive_a_fix() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let windows = |text: &str| text.replace('\n', "\r\n");
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let encoders: [Encoder; 3] = [&|text| windows(text).into_bytes(), &marked, &gb18030];
    for encode in encoders {
        fs::write(folder.join("a.md"), encode(FIXABLE)).expect("written");
        run(folder, &["check", "a.md", "--fix"]);
        assert_eq!(fs::read(folder.join("a.md")).expect("read"), encode(super::FIXED));
        let mut child = super::article_lsp(folder)
            .args(["check", "-", "--fix-only"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("the program starts");
        std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), &encode(FIXABLE)).expect("written");
        assert_eq!(child.wait_with_output().expect("ended").stdout, encode(super::FIXED));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_goes_by_two_names_is_repaired_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::create_dir(folder.join("2024")).expect("a folder");
    fs::write(folder.join("2024/a.md"), FIXABLE).expect("written");
    std::os::unix::fs::symlink("2024", folder.join("latest")).expect("linked");
    std::os::unix::fs::symlink("2024/a.md", folder.join("z.md")).expect("linked");
    let output = run(folder, &["check", "--fix", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(stdout(&output), "1 fix applied. No problems in 1 file.\n");
    assert_eq!(fs::read_to_string(folder.join("z.md")).expect("read"), super::FIXED);
}

#[test]
fn the_difference_applies_with_patch() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    // `patch` reads a name up to white space unless it is told better.
    let plain = |text: &str| text.as_bytes().to_vec();
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let windows = |text: &str| text.replace('\n', "\r\n").into_bytes();
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let files: [(&str, Encoder); 5] = [
        ("a.md", &plain),
        ("第 一 版/b c.md", &plain),
        ("gb.md", &gb18030),
        ("crlf.md", &windows),
        ("bom.md", &marked),
    ];
    fs::create_dir(folder.join("第 一 版")).expect("a folder");
    for (name, encode) in files {
        fs::write(folder.join(name), encode(FIXABLE)).expect("written");
    }
    let diff = run(folder, &["check", "--diff", "."]).stdout;
    let mut child = std::process::Command::new("patch");
    child.args(["-p0", "-s", "--binary"]).current_dir(folder).stdin(std::process::Stdio::piped());
    let Ok(mut child) = child.spawn() else { return };
    std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), &diff).expect("written");
    assert!(child.wait().expect("ended").success());
    for (name, encode) in files {
        assert_eq!(fs::read(folder.join(name)).expect("read"), encode(super::FIXED), "{name}");
    }
}

#[test]
fn copies_in_other_files_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let report = "入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n\n\
        来买豆腐的多是街坊，也有从邻镇骑车赶来的老主顾，说这里的豆腐炖不散、煎不碎。\n";
    fs::write(folder.join("a.md"), format!("早报\n\n{report}")).expect("written");
    fs::write(folder.join("b.md"), format!("{report}\n开春时山路修好了，货车一直开到坊前。\n")).expect("written");
    let findings = |paths: &[&str]| {
        let arguments = [&["check", "--format", "json", "--across-files", "."], paths].concat();
        let json: serde_json::Value = serde_json::from_slice(&run(folder, &arguments).stdout).expect("JSON");
        let places = json["diagnostics"].as_array().expect("findings").iter();
        places.map(|d| format!("{} {} {}", d["path"], d["range"]["end"], d["related"][0]["path"])).collect::<Vec<_>>()
    };
    let expected = ["\"b.md\" {\"column\":39,\"line\":3} \"a.md\""];
    assert_eq!(findings(&["."]), expected, "of two copies the later one");
    assert_eq!(findings(&["b.md"]), expected);
    assert!(findings(&["a.md"]).is_empty());
}

#[test]
fn a_cache_changes_nothing_but_the_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let cached = ["check", "a.md", "--cache", "cache", "--format", "json"];
    let fresh = ["check", "a.md", "--format", "json"];
    for text in [FIXABLE, super::FIXED, FIXABLE] {
        fs::write(folder.join("a.md"), text).expect("written");
        for arguments in [&["--lang", "en"], &["--lang", "zh"], &["--ignore", "unused-suppression"]] {
            let expected = run(folder, &[&fresh[..], arguments].concat());
            for _ in 0..2 {
                let output = run(folder, &[&cached[..], arguments].concat());
                assert_eq!((stdout(&output), output.status), (stdout(&expected), expected.status));
            }
        }
    }
    for entry in fs::read_dir(folder.join("cache")).expect("a cache") {
        fs::write(entry.expect("an entry").path(), "damaged").expect("written");
    }
    assert_eq!(stdout(&run(folder, &cached)), stdout(&run(folder, &fresh)));
}

#[test]
fn nothing_in_a_text_reaches_the_terminal_as_a_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = if cfg!(windows) { "a.md" } else { "a\u{1b}[2J.md" };
    let news = "宁川市总工会今年为全市各家企业的职工开办了二十四期技能培训班，已有三千多人参加。";
    let text = format!(
        "# 宁川市\u{1b}[2J总工会推进阵地建设\n\n{news}\n\n\
        他们先后走访了望湖区的三十多家\u{1b}[2J工厂，把夏天的清凉送到\u{1b}[2J了\n\n\
        生产\u{9b}2J线旁，工友们接过毛巾和绿豆汤，连声道谢。\n\n\
        <!-- article-lsp allow dupli\u{1b}[2Jcate -->\n\n\
        <!-- article-lsp allow duplicate-paragraph -->\n\n{news}送到\u{1b}[2J了。\n"
    );
    fs::write(folder.path().join(name), &text).expect("written");
    let concise: &[&str] = &["check", "--format", "concise"];
    let commands = [
        concise,
        &["check", "--format", "human"],
        &["check", "--format", "grouped"],
        &["check", "--format", "github"],
        &["check", "--format", "checkstyle"],
        &["check", "--format", "junit"],
        &["check", "--diff"],
        &["outline"],
        &["organisations"],
    ];
    for command in commands {
        let output = run(folder.path(), &[command, &["--color", "always", name]].concat());
        let output = stdout(&output);
        assert!(!output.is_empty(), "{command:?}");
        assert!(!output.contains("\u{1b}[2J") && !output.contains('\u{9b}'), "{command:?}: {output:?}");
    }
    let output = run(folder.path(), &[concise, &[name, "missing\u{1b}[2J.md"]].concat());
    assert!(String::from_utf8_lossy(&output.stderr).ends_with("missing␛[2J.md: no such file or directory\n"));
    // `patch` needs the text as it is.
    let diff = stdout(&run(folder.path(), &["check", "--diff", name]));
    assert!(diff.lines().any(|line| line.starts_with(' ') && line.contains("\u{1b}[2J")), "{diff:?}");
}
