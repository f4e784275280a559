//! `cimaise preview`: shows the finished site in a browser.
//!
//! In: the output folder and an address to listen on. Out: an address that a browser can open, and a warning if none can: inside a
//! container, the loopback address belongs to the container.

use std::io::{self, Write};
use std::net::{SocketAddr, ToSocketAddrs};

use serde_json::json;

use super::{Exit, Output, Undone, Verbosity, events};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop, escape};
use crate::machine::{container, threads};
use crate::serve::Server;
use crate::tasks::Options;
use crate::{publish, source};

/// Serves the finished site until it is interrupted.
#[must_use]
pub fn run(options: &Options, host: &str, port: u16, output: &Output) -> Exit {
    output.start("preview", &options.site);
    let mut report = Report::default();
    let result = start(options, host, port, &mut report);
    output.conclude(&mut report, result, Undone::Nothing, |(server, address)| {
        let folder = options.output.to_string_lossy();
        if output.is_json() {
            events::emit("listening", json!({ "url": url(address), "folder": folder }));
        } else if output.verbosity > Verbosity::Quiet {
            let mut stdout = io::stdout().lock();
            stdout.write_all(shown(address, &escape(&folder), container::is_inside()).as_bytes())?;
            stdout.flush()?;
        }
        server.run();
        Ok(())
    })
}

fn start(options: &Options, host: &str, port: u16, report: &mut Report) -> Result<(Server, SocketAddr), Stop> {
    if publish::all_files(&options.output)?.is_none() {
        report.push(source::unbuilt(&options.site, &options.output));
        return Err(Stop::Site);
    }
    let failed = |cause: io::Error| {
        let help = match cause.kind() {
            _ if threads::is_exhaustion(&cause) => None,
            io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied => Some("choose another port with `--port`"),
            _ => Some("check `--host`: it must be a name or address of this machine"),
        };
        let failure = Failure::on("listen on", format!("{host}:{port}").as_ref())(cause);
        Failure { help: help.map(str::to_owned), ..failure }
    };
    let address = (host, port).to_socket_addrs().map_err(failed)?.next();
    let address = address.ok_or_else(|| failed(io::ErrorKind::AddrNotAvailable.into()))?;
    let server = Server::bind(address, &options.output).map_err(failed)?;
    let address = server.address().unwrap_or(address);
    if address.ip().is_loopback() && container::is_inside() {
        report.push(unreachable(address));
    }
    Ok((server, address))
}

/// Address for a browser on this machine. A server that listens on all addresses is `localhost`.
fn url(address: SocketAddr) -> String {
    match address.ip().is_unspecified() {
        true => format!("http://localhost:{}/", address.port()),
        false => format!("http://{address}/"),
    }
}

/// Message with the address of the site. A server that listens on all addresses is shown as `localhost`.
fn shown(address: SocketAddr, folder: &str, is_container: bool) -> String {
    let port = address.port();
    match (address.ip().is_unspecified(), is_container) {
        (false, _) => format!("http://{address}/ shows {folder}; stop with Ctrl-C\n"),
        (true, false) => {
            format!("http://localhost:{port}/ shows {folder}, here and in the whole network; stop with Ctrl-C\n")
        }
        (true, true) => format!(
            "http://localhost:{port}/ shows {folder}, if the container was started with `-p 127.0.0.1:{port}:{port}`; \
             stop with Ctrl-C\n"
        ),
    }
}

/// Warning about an address that only programs in the same container can open.
fn unreachable(address: SocketAddr) -> Diagnostic {
    let port = address.port();
    let message = format!("browsers outside the container cannot open `{address}`, an address inside the container");
    Diagnostic::new(Code::ContainerUnreachable, message).help(format!(
        "add `--host 0.0.0.0` and publish the port with `podman run -p 127.0.0.1:{port}:{port}`, \
         or share the network of the host with `--network=host`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_one_that_a_browser_can_open() {
        let of = |address: &str, is_container| shown(address.parse().expect("an address"), "build", is_container);
        assert_eq!(of("127.0.0.1:9000", false), "http://127.0.0.1:9000/ shows build; stop with Ctrl-C\n");
        assert_eq!(of("[::1]:80", true), "http://[::1]:80/ shows build; stop with Ctrl-C\n");
        for everywhere in ["0.0.0.0:9001", "[::]:9001"] {
            assert!(of(everywhere, false).starts_with("http://localhost:9001/ shows build, here and in"));
            assert!(of(everywhere, true).contains("if the container was started with `-p 127.0.0.1:9001:9001`"));
        }
    }
}
