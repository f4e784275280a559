//! `cimaise preview`: shows the finished site in a browser.

use std::io::{self, Write};
use std::net::{SocketAddr, ToSocketAddrs};

use super::{Exit, Output, Verbosity};
use crate::diagnostic::{Diagnostic, Failure, Report, Stop, escape};
use crate::machine::threads;
use crate::serve::Server;
use crate::{Options, publish};

/// Serves the finished site until it is interrupted.
#[must_use]
pub fn run(options: &Options, host: &str, port: u16, output: &Output) -> Exit {
    let mut report = Report::default();
    let result = start(options, host, port, &mut report);
    output.conclude(&mut report, result, |(server, address)| {
        if output.verbosity > Verbosity::Quiet {
            let mut stdout = io::stdout().lock();
            writeln!(
                stdout,
                "http://{address}/ shows {}; stop with Ctrl-C",
                escape(&options.output.to_string_lossy())
            )?;
            stdout.flush()?;
        }
        server.run();
        Ok(())
    })
}

fn start(options: &Options, host: &str, port: u16, report: &mut Report) -> Result<(Server, SocketAddr), Stop> {
    if publish::all_files(&options.output)?.is_none() {
        let message = format!("there is no finished site in `{}`", options.output.display());
        report.push(Diagnostic::error(message).help("build it first, with `cimaise build`"));
        return Err(Stop::Site);
    }
    let failed = |cause| {
        let another_port = !threads::is_exhaustion(&cause);
        let failure = Failure::on("listen on", format!("{host}:{port}").as_ref())(cause);
        Failure { help: another_port.then(|| "choose another port with `--port`".to_owned()), ..failure }
    };
    let address = (host, port).to_socket_addrs().map_err(failed)?.next();
    let address = address.ok_or_else(|| failed(io::ErrorKind::AddrNotAvailable.into()))?;
    let server = Server::bind(address, &options.output).map_err(failed)?;
    let address = server.address().unwrap_or(address);
    Ok((server, address))
}
