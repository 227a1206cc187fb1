//! The page in a real browser, where there is one: it lays out without a sideways scroll and prints.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use truenorth::report;

/// A Chromium of this machine; none is no failure, as few build machines have one.
fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).flat_map(|folder| names.map(|n| folder.join(n))).find(|p| p.is_file())
}

#[test]
fn a_browser_shows_and_prints_the_page() {
    let Some(chromium) = chromium() else {
        eprintln!("left out: there is no Chromium on this machine");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html");
    std::fs::write(&page, report::html(&super::outline(&super::weeks().0))).unwrap();
    let pdf = folder.path().join("report.pdf");
    let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
    let status = Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-pdf-header-footer",
            &profile,
        ])
        .args(["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"])
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", page.display()))
        .env("HOME", folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    let printed = std::fs::read(pdf).unwrap();
    let pages = printed.windows(12).filter(|w| w == b"/Type /Page\n" || w.starts_with(b"/Type /Page/")).count();
    assert!(printed.starts_with(b"%PDF") && printed.len() > 50_000, "{pages} pages, {} bytes", printed.len());
}
