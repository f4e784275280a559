//! Where a server listens, for all commands that start one.
//!
//! In: an address, a port or none, names. Out: a listening [`Server`] with the address that a browser can open, and a warning if none can:
//! inside a container, the loopback address belongs to the container. Must not know what the server shows.

use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};

use serde_json::json;

use super::{Output, Verbosity, browser, events};
use crate::diagnostic::{Code, Diagnostic, Failure, Report};
use crate::machine::{container, threads};
use crate::serve::Server;

/// The port without `--port`.
const PORT: u16 = 9000;

/// Number of ports that are tried without `--port`.
const PORTS: u16 = 100;

/// Where to listen, and for whom.
#[derive(Debug, Clone)]
pub struct ServerPlace {
    /// Name or address to listen on.
    pub host: String,
    /// Port; 0 for one that the system chooses, `None` for the first free one from 9000 on.
    pub port: Option<u16>,
    /// Further names by which browsers may call the server.
    pub names: Vec<String>,
    /// Whether to open a browser.
    pub open: bool,
}

/// A server that listens and does not answer yet.
pub struct Listening {
    /// The server.
    pub server: Server,
    address: SocketAddr,
    /// Whether port 9000 belongs to another program.
    is_next: bool,
    open: bool,
}

impl ServerPlace {
    /// Starts to listen.
    ///
    /// # Errors
    /// If the port is in use, if this machine does not have the address, or if the system grants no threads.
    pub fn listen(&self, report: &mut Report) -> Result<Listening, Failure> {
        let port = self.port.unwrap_or(PORT);
        let failed = |cause| failure(&self.host, port, cause);
        let first = (self.host.as_str(), port).to_socket_addrs().map_err(failed)?.next();
        let first = first.ok_or_else(|| failed(io::ErrorKind::AddrNotAvailable.into()))?;
        let server = self.bind(first).map_err(failed)?;
        let address = server.address();
        if address.ip().is_loopback() && container::is_inside() {
            report.push(unreachable(address));
        }
        let is_next = self.port.is_none() && address.port() != PORT;
        Ok(Listening { server, address, is_next, open: self.open })
    }

    /// Listens on the address or, if the user did not choose a port, on the next free one.
    fn bind(&self, first: SocketAddr) -> io::Result<Server> {
        let mut names = self.names.clone();
        // A server that listens on a name answers to it.
        names.extend(self.host.parse::<IpAddr>().is_err().then(|| self.host.clone()));
        let last = first.port() + if self.port.is_none() { PORTS - 1 } else { 0 };
        let mut port = first.port();
        loop {
            match Server::bind(SocketAddr::new(first.ip(), port), &names) {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => port += 1,
                result => return result,
            }
        }
    }
}

impl Listening {
    /// Prints the address and `subject`, such as `shows build`, and opens the browser if that was asked for.
    ///
    /// # Errors
    /// If the text cannot be printed.
    pub fn announce(&self, subject: &str, output: &Output) -> io::Result<()> {
        if output.is_json() {
            events::emit("listening", json!({ "url": self.url() }));
        } else if output.verbosity > Verbosity::Quiet {
            let mut stdout = io::stdout().lock();
            stdout.write_all(self.text(subject, container::is_inside()).as_bytes())?;
            stdout.flush()?;
        }
        if self.open {
            browser::open(&self.url(), *output);
        }
        Ok(())
    }

    /// Address for a browser on this machine.
    fn url(&self) -> String {
        format!("http://{}/", shown(self.address))
    }

    fn text(&self, subject: &str, is_container: bool) -> String {
        let (url, port) = (self.url(), self.address.port());
        let reach = match (self.address.ip().is_unspecified(), is_container) {
            (false, _) => String::new(),
            (true, false) => ", here and in the whole network".to_owned(),
            (true, true) => format!(", if the container was started with `-p 127.0.0.1:{port}:{port}`"),
        };
        let taken = if self.is_next { format!("; port {PORT} is in use") } else { String::new() };
        format!("{url} {subject}{reach}{taken}; stop with Ctrl-C\n")
    }
}

/// Host and port for a URL. A server that listens on all addresses is shown as `localhost`.
fn shown(address: SocketAddr) -> String {
    match address.ip().is_unspecified() {
        true => format!("localhost:{}", address.port()),
        false => address.to_string(),
    }
}

fn failure(host: &str, port: u16, cause: io::Error) -> Failure {
    let help = match cause.kind() {
        _ if threads::is_exhaustion(&cause) => None,
        io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied => Some("choose another port with `--port`"),
        _ => Some("check `--host`: it must be a name or address of this machine"),
    };
    let failure = Failure::on("listen on", format!("{host}:{port}").as_ref())(cause);
    Failure { help: help.map(str::to_owned), ..failure }
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

    fn listening(host: &str, port: Option<u16>) -> Listening {
        let place = ServerPlace { host: host.to_owned(), port, names: Vec::new(), open: false };
        place.listen(&mut Report::default()).expect("it listens")
    }

    fn text(address: &str, is_container: bool) -> String {
        let address = address.parse().expect("an address");
        Listening { address, ..listening("127.0.0.1", Some(0)) }.text("shows build", is_container)
    }

    #[test]
    fn the_address_is_one_that_a_browser_can_open() {
        assert_eq!(text("127.0.0.1:9000", false), "http://127.0.0.1:9000/ shows build; stop with Ctrl-C\n");
        assert_eq!(text("[::1]:80", true), "http://[::1]:80/ shows build; stop with Ctrl-C\n");
        for everywhere in ["0.0.0.0:9001", "[::]:9001"] {
            assert!(text(everywhere, false).starts_with("http://localhost:9001/ shows build, here and in"));
            assert!(text(everywhere, true).contains("if the container was started with `-p 127.0.0.1:9001:9001`"));
        }
    }

    #[test]
    fn the_next_port_is_taken_only_if_no_port_was_chosen() {
        let [first, second] = [listening("127.0.0.1", None), listening("127.0.0.1", None)];
        assert!(second.address.port() > first.address.port());
        let expected = format!("http://{}/ x; port 9000 is in use; stop with Ctrl-C\n", second.address);
        assert_eq!(second.text("x", false), expected);
        let taken = Some(first.address.port());
        let place = ServerPlace { host: "127.0.0.1".to_owned(), port: taken, names: Vec::new(), open: false };
        let failure = place.listen(&mut Report::default()).err().expect("it is taken");
        assert_eq!(failure.help.as_deref(), Some("choose another port with `--port`"));
    }
}
