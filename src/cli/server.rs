//! The options of a command that starts a web server.

use clap::Args;

use crate::commands::listen::ServerPlace;

#[derive(Debug, Args)]
pub(super) struct ServerArgs {
    /// Port to listen on; 0 chooses a free port [default: 9000, or the next free port]
    #[arg(short, long, value_parser = port)]
    port: Option<u16>,
    /// Address to listen on; 0.0.0.0 makes the preview visible to the whole network
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: String,
    /// Further name by which browsers may open the preview, such as studio.local; repeat the option for several names
    #[arg(long, value_name = "NAME", value_parser = name)]
    allow_host: Vec<String>,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
}

impl ServerArgs {
    /// Where the server listens.
    pub(super) fn place(self) -> ServerPlace {
        let Self { port, host, allow_host, open } = self;
        ServerPlace { host, port, names: allow_host, open }
    }
}

/// A port; 0 stands for a free one.
fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "expected a port from 0 to 65535, such as `9000`".to_owned())
}

/// Host name, as written in a URL.
fn name(text: &str) -> Result<String, String> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    match !text.is_empty() && text.chars().all(is_letter) {
        true => Ok(text.to_owned()),
        false => Err("expected a name without port and slashes, such as `studio.local`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_is_a_name_alone() {
        for fine in ["studio.local", "raspberrypi", "192.168.1.5", "xn--caf-dma.example"] {
            assert_eq!(name(fine).as_deref(), Ok(fine));
        }
        for wrong in ["", "http://studio.local", "studio.local:9000", "a b", "*"] {
            assert!(name(wrong).is_err(), "{wrong}");
        }
    }
}
