//! The names by which browsers may call the server.
//!
//! A page of another site can make its own name point to this machine (DNS rebinding) and would then read the preview as if it were
//! its own. Such a request carries the other site's name. Must not know requests.

use std::net::IpAddr;

/// The names and addresses that a `Host` header may contain.
#[derive(Debug, Clone)]
pub struct Hosts {
    /// The address listened on.
    address: IpAddr,
    /// Further names, in lower case.
    names: Vec<String>,
}

impl Hosts {
    /// Admits the address listened on, this machine's own names for itself, and `names`. A server that listens on all addresses admits
    /// every address, because an address cannot be made to point elsewhere.
    #[must_use]
    pub fn new(address: IpAddr, names: &[String]) -> Self {
        Self { address: address.to_canonical(), names: names.iter().map(|name| normal(name)).collect() }
    }

    /// Whether the host of a URL, without the port, is admitted.
    pub(super) fn admit(&self, host: &str) -> bool {
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        match bare.parse::<IpAddr>() {
            Ok(address) => self.admit_address(address.to_canonical()),
            Err(_) => self.admit_name(&normal(host)),
        }
    }

    fn admit_address(&self, address: IpAddr) -> bool {
        address.is_loopback() || address == self.address || self.address.is_unspecified()
    }

    fn admit_name(&self, name: &str) -> bool {
        // RFC 6761: browsers never ask the network for these.
        name == "localhost" || name.ends_with(".localhost") || self.names.iter().any(|known| known == name)
    }
}

fn normal(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(address: &str, names: &[&str], host: &str) -> bool {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Hosts::new(address.parse().expect("an address"), &names).admit(host)
    }

    #[test]
    fn names_of_this_machine_are_admitted() {
        for host in [
            "localhost",
            "LOCALHOST",
            "localhost.",
            "site.localhost",
            "127.0.0.1",
            "127.1.2.3",
            "[::1]",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(admitted("127.0.0.1", &[], host), "{host}");
        }
    }

    #[test]
    fn other_names_are_not() {
        for host in
            ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.5", "", "[::2]", "0.0.0.0"]
        {
            assert!(!admitted("127.0.0.1", &[], host), "{host}");
        }
        assert!(!admitted("0.0.0.0", &[], "evil.example"));
    }

    #[test]
    fn the_address_listened_on_is_admitted_and_all_where_it_is_all() {
        assert!(admitted("192.168.1.5", &[], "192.168.1.5"));
        assert!(!admitted("192.168.1.5", &[], "192.168.1.6"));
        assert!(admitted("0.0.0.0", &[], "192.168.1.5") && admitted("::", &[], "[fe80::1]"));
    }

    #[test]
    fn further_names_are_admitted_as_they_are_written() {
        assert!(
            admitted("127.0.0.1", &["Studio.Local"], "studio.local.")
                && admitted("127.0.0.1", &["studio.local"], "STUDIO.local")
        );
        assert!(!admitted("127.0.0.1", &["studio.local"], "x.studio.local"));
    }
}
