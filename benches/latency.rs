//! How long a keystroke takes, measured from outside: the real server, over its pipes, on generated pages.
//!
//! ```text
//! cargo bench --bench latency                                   # this program
//! cargo bench --bench latency -- --server 'rumdl server'        # and others, in the same run; may be repeated
//! cargo bench --bench latency -- --quick                        # fewer edits, no 10 MB page
//! cargo bench --bench latency -- --hold                         # exits with 1 where a target is missed
//! ```
//!
//! A time runs from the last byte of an edit to the last byte of the findings of its version. Times differ from one
//! machine to another; ratios do not, so everything is also given as a multiple of the **yardstick**: copying the
//! text once into fresh memory and hashing it with the hasher of the standard library, in the same run.

#[allow(dead_code, reason = "the harness needs a part of the tests' client")]
#[path = "../tests/server/client.rs"]
mod client;
#[path = "../tests/generated/pages.rs"]
mod pages;

use std::hash::{DefaultHasher, Hasher};
use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use client::{Client, capabilities, framed, insert};
use pages::Random;

const URI: &str = "file:///latency/page.md";

/// Bytes of a page, how many edits it gets, and how many of them with `--quick`.
const SIZES: [(&str, usize, usize, usize); 4] = [
    ("20 kB", 20_000, 500, 100),
    ("35 kB", 35_000, 500, 100),
    ("1 MB", 1_000_000, 500, 100),
    ("10 MB", 10_000_000, 60, 0),
];
/// Edits sent at once.
const BURST: usize = 50;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let quick = arguments.iter().any(|a| a == "--quick");
    let hold = arguments.iter().any(|a| a == "--hold");
    let mut servers =
        vec![("article-lsp".to_owned(), vec![env!("CARGO_BIN_EXE_article-lsp").to_owned(), "serve".to_owned()])];
    for pair in arguments.windows(2).filter(|pair| pair[0] == "--server") {
        let words: Vec<String> = pair[1].split_whitespace().map(str::to_owned).collect();
        servers.push((words.first().map_or("", |w| w.rsplit('/').next().unwrap_or(w)).to_owned(), words));
    }

    let mut missed = Vec::new();
    println!(
        "{:<12} {:>6} {:>10} {:>8} {:>8} {:>8} {:>8} {:>8} {:>7} {:>7}",
        "server", "page", "yardstick", "p50", "p95", "p99", "burst", "cpu", "p50/(a)", "p99/(a)"
    );
    for (size, bytes, edits, quick_edits) in SIZES {
        let edits = if quick { quick_edits } else { edits };
        if edits == 0 {
            continue;
        }
        let page = pages::page(bytes, 7).text;
        let yardstick = yardstick(&page);
        let mut own: Option<Latency> = None;
        for (name, command) in &servers {
            let latency = latency(command, &page, edits);
            let ratio = |time: Duration| time.as_secs_f64() / yardstick.as_secs_f64();
            println!(
                "{name:<12} {size:>6} {:>10} {:>8} {:>8} {:>8} {:>8} {:>8} {:>7.1} {:>7.1}",
                milliseconds(yardstick),
                milliseconds(latency.p50),
                milliseconds(latency.p95),
                milliseconds(latency.p99),
                milliseconds(latency.burst),
                latency.cpu.map_or_else(|| "?".to_owned(), milliseconds),
                ratio(latency.p50),
                ratio(latency.p99),
            );
            match &own {
                None => {
                    if bytes >= 1_000_000 && ratio(latency.p99) > 20.0 {
                        missed.push(format!("{size}: p99 is more than 20 yardsticks"));
                    }
                    if bytes == 1_000_000 && ratio(latency.p50) > 10.0 {
                        missed.push(format!("{size}: p50 is more than 10 yardsticks"));
                    }
                    own = Some(latency);
                }
                Some(own) => println!(
                    "{:<12} {size:>6} p50 of article-lsp is {:.2} of it, p99 {:.2}",
                    "",
                    own.p50.as_secs_f64() / latency.p50.as_secs_f64(),
                    own.p99.as_secs_f64() / latency.p99.as_secs_f64()
                ),
            }
        }
    }
    let own = &servers[0].1;
    let first = first_findings(own);
    println!("\nfirst findings of 20 kB, from the start of the process: {} ms", milliseconds(first));
    let hover = hover(own);
    println!(
        "hover after an edit of 1 MB: {} ms at p50, {} ms at most",
        milliseconds(hover.p50),
        milliseconds(hover.p99)
    );
    memory(own, &mut missed);
    if first > Duration::from_millis(15) {
        missed.push("the first findings take more than 15 ms".to_owned());
    }
    if hover.p50 > Duration::from_millis(5) {
        missed.push("a hover takes more than 5 ms".to_owned());
    }
    for target in &missed {
        println!("missed: {target}");
    }
    if hold && !missed.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}

/// The median time to copy `text` into fresh memory and hash the copy.
fn yardstick(text: &str) -> Duration {
    let mut times: Vec<Duration> = (0..101)
        .map(|_| {
            let start = Instant::now();
            let copy = black_box(black_box(text).to_owned());
            let mut hasher = DefaultHasher::new();
            hasher.write(copy.as_bytes());
            black_box(hasher.finish());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

struct Latency {
    p50: Duration,
    p95: Duration,
    p99: Duration,
    burst: Duration,
    /// Time of the processor for an edit, all threads together; it does not depend on what else the machine does.
    cpu: Option<Duration>,
}

/// What the process has had of the processors, where the system tells: in hundredths of a second.
fn cpu(client: &Client) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", client.child.id())).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |n: usize| fields.get(n).and_then(|ticks| ticks.parse::<u64>().ok());
    Some(Duration::from_millis((ticks(11)? + ticks(12)?) * 10))
}

fn quantiles(mut times: Vec<Duration>, burst: Duration) -> Latency {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    Latency { p50: at(50), p95: at(95), p99: at(99), burst, cpu: None }
}

fn started(command: &[String]) -> Client {
    let mut server = Command::new(&command[0]);
    server.args(&command[1..]);
    let mut client = Client::start_command(server);
    client.request(
        "initialize",
        &json!({"processId": std::process::id(), "rootUri": null, "capabilities": capabilities()}),
    );
    client.notify("initialized", &json!({}));
    client
}

/// Answers what the server asks; a server may wait for that.
fn oblige(client: &mut Client) {
    let is_request = |m: &Value| m.get("method").is_some() && m.get("id").is_some();
    while let Some(request) = client.wait_for(Duration::ZERO, &is_request) {
        client.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": null}));
    }
}

/// Waits for the findings of `version`, or of no version where the server gives none; when they had come.
fn findings(client: &mut Client, version: i64) -> Instant {
    let is_it = |m: &Value| {
        m["method"] == "textDocument/publishDiagnostics"
            && m["params"]["uri"] == URI
            && m["params"]["version"].as_i64().is_none_or(|found| found == version)
    };
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        oblige(client);
        if client.wait_for(Duration::from_millis(50), &is_it).is_some() {
            return client.arrived;
        }
        assert!(Instant::now() < deadline, "no findings of version {version}");
    }
}

/// Where a character can be inserted in the lines of a page: line and length in UTF-16 units, which are the
/// characters of these pages.
fn places(page: &str) -> Vec<(u64, usize)> {
    let lines = page.lines().enumerate().filter(|(_, line)| !line.is_empty());
    lines.map(|(n, line)| (n as u64, line.chars().count())).collect()
}

fn edit(version: i64, places: &mut [(u64, usize)], random: &mut Random) -> Vec<u8> {
    let place = random.below(places.len());
    let (line, length) = places[place];
    places[place].1 += 1;
    let change = insert(line, random.below(length + 1) as u64, random.pick(&["的", "了", "，", "工", "a"]));
    let params = json!({"textDocument": {"uri": URI, "version": version}, "contentChanges": [change]});
    framed(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}).to_string())
}

fn latency(command: &[String], page: &str, edits: usize) -> Latency {
    let mut client = started(command);
    let mut random = Random::new(11);
    let mut places = places(page);
    client.open(URI, page);
    findings(&mut client, 1);
    let mut version = 1;
    let mut times = Vec::with_capacity(edits);
    let before = cpu(&client);
    for n in 0..edits + WARM_UP {
        version += 1;
        let message = edit(version, &mut places, &mut random);
        client.write(&message);
        let sent = Instant::now();
        let arrived = findings(&mut client, version);
        if n >= WARM_UP {
            times.push(arrived.saturating_duration_since(sent));
        }
    }
    let used = cpu(&client).zip(before).map(|(after, before)| after.saturating_sub(before) / (edits + WARM_UP) as u32);
    let burst: Vec<u8> = (0..BURST)
        .flat_map(|_| {
            version += 1;
            edit(version, &mut places, &mut random)
        })
        .collect();
    client.write(&burst);
    let sent = Instant::now();
    let burst = findings(&mut client, version).saturating_duration_since(sent);
    Latency { cpu: used, ..quantiles(times, burst) }
}

/// Edits that are not counted: the server's allocator and the machine's caches settle.
const WARM_UP: usize = 5;

fn first_findings(command: &[String]) -> Duration {
    let page = pages::page(20_000, 3).text;
    let mut times: Vec<Duration> = (0..11)
        .map(|_| {
            let start = Instant::now();
            let mut client = started(command);
            client.open(URI, &page);
            findings(&mut client, 1).saturating_duration_since(start)
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn hover(command: &[String]) -> Latency {
    let page = pages::page(1_000_000, 5).text;
    let mut client = started(command);
    client.open(URI, &page);
    findings(&mut client, 1);
    let mut random = Random::new(13);
    let mut places = places(&page);
    let mut times = Vec::new();
    for version in 2..52 {
        let (line, length) = places[random.below(places.len())];
        let position = json!({"line": line, "character": random.below(length)});
        client.write(&edit(version, &mut places, &mut random));
        let sent = Instant::now();
        client.request("textDocument/hover", &json!({"textDocument": {"uri": URI}, "position": position}));
        times.push(client.arrived.saturating_duration_since(sent));
        findings(&mut client, version);
    }
    // The first one looks for the organisations of the whole page.
    println!("first hover at 1 MB: {} ms", milliseconds(times.remove(0)));
    quantiles(times, Duration::ZERO)
}

/// Resident memory of the process with a page of 1 MB, in MB, where the system tells: all of it, and what the process asked
/// for, without the pages of its file, which the system takes back when it wants them.
fn memory(command: &[String], missed: &mut Vec<String>) {
    let field = |client: &Client, name: &str| -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", client.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with(name))?;
        Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
    };
    let resident = |client: &Client| field(client, "VmRSS:");
    let asked_for = |client: &Client| field(client, "RssAnon:").unwrap_or_default();
    let mut client = started(command);
    let Some(empty) = resident(&client) else {
        return println!("this system does not tell how much memory a process has");
    };
    let page = pages::page(1_000_000, 5).text;
    client.open(URI, &page);
    findings(&mut client, 1);
    let mut places = places(&page);
    let mut random = Random::new(17);
    for version in 2..12 {
        client.write(&edit(version, &mut places, &mut random));
        findings(&mut client, version);
    }
    let before = resident(&client).unwrap_or_default();
    let position = json!({"line": 2, "character": 3});
    client.request("textDocument/hover", &json!({"textDocument": {"uri": URI}, "position": position}));
    let (after, asked_for_open) = (resident(&client).unwrap_or_default(), asked_for(&client));
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": URI}}));
    client.is_well();
    std::thread::sleep(Duration::from_millis(300));
    let (closed, asked_for_closed) = (resident(&client).unwrap_or_default(), asked_for(&client));
    println!(
        "memory in MB: {empty:.0} at the start, {before:.0} with 1 MB open, {after:.0} when organisations were asked for, \
         {closed:.0} when it is closed; of that the process asked for {asked_for_open:.0} before and {asked_for_closed:.0} \
         after it was closed"
    );
    if before > 40.0 {
        missed.push("more than 40 MB with 1 MB open".to_owned());
    }
    if after > 90.0 {
        missed.push("more than 90 MB when organisations were asked for".to_owned());
    }
    if asked_for_closed * 2.0 > asked_for_open {
        missed.push("closing gives less than half back".to_owned());
    }
}
