//! Events for browsers (Server-Sent Events).
//!
//! In: events, sent by any thread. Out: one stream for each browser. Browsers choose among the events; all of them receive every one.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event as Line, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};

/// Number of events that wait for a slow browser.
const WAITING: usize = 64;

/// Time between comments that keep a silent connection open, and find out whether the browser has gone.
const SILENCE: Duration = Duration::from_secs(15);

/// Name of the event for a browser that was too slow and missed events.
const MISSED: &str = "missed";

/// An event: a name, for which the script listens, and a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Name of the event, one word.
    pub name: &'static str,
    /// Text of the event, of any number of lines.
    pub data: Arc<str>,
}

/// The sending side. Clones send to the same browsers.
#[derive(Debug, Clone)]
pub struct Events(Sender<Event>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(WAITING).0)
    }
}

impl Events {
    /// Sends an event to all browsers. Does not wait; without a browser, nothing happens.
    pub fn send(&self, name: &'static str, data: impl Into<Arc<str>>) {
        let _ = self.0.send(Event { name, data: data.into() });
    }

    /// Number of browsers that listen.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.0.receiver_count()
    }

    /// Subscribes to all events from now on.
    #[must_use]
    pub fn subscribe(&self) -> Subscription {
        Subscription { first: Vec::new(), rest: self.0.subscribe() }
    }
}

/// The events for one browser. A browser that is so slow that it misses events receives the event `missed` in their place.
#[derive(Debug)]
pub struct Subscription {
    first: Vec<Event>,
    rest: Receiver<Event>,
}

impl Subscription {
    /// Adds an event that this browser alone receives, before all others, such as the state when it subscribed.
    #[must_use]
    pub fn beginning_with(mut self, name: &'static str, data: impl Into<Arc<str>>) -> Self {
        self.first.push(Event { name, data: data.into() });
        self
    }

    /// The answer that sends the events, one after the other, until the browser goes.
    pub(super) fn into_response(self) -> Response {
        Sse::new(self.lines()).keep_alive(KeepAlive::new().interval(SILENCE)).into_response()
    }

    fn lines(self) -> impl Stream<Item = Result<Line, Infallible>> {
        let first = stream::iter(self.first);
        let rest = stream::unfold(self.rest, async |mut receiver| Some((next(&mut receiver).await?, receiver)));
        first.chain(rest).map(|event| Ok(line(&event)))
    }
}

fn line(event: &Event) -> Line {
    Line::default().event(event.name).data(event.data.replace('\r', ""))
}

/// Waits for the next event; `None` if there will be no more.
async fn next(receiver: &mut Receiver<Event>) -> Option<Event> {
    match receiver.recv().await {
        Ok(event) => Some(event),
        Err(RecvError::Lagged(_)) => Some(Event { name: MISSED, data: "".into() }),
        Err(RecvError::Closed) => None,
    }
}
