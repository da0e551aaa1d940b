//! Whether the desktop is dark, as the settings portal of Linux desktops tells it on the session bus.
//!
//! Neither X11 nor Wayland tells a window's theme; the portal does on both (`org.freedesktop.appearance`,
//! `color-scheme`: 0 no preference, 1 dark, 2 light). *Limitations*: a desktop without a portal is light.

use futures_lite::{StreamExt, future};
use zbus::zvariant::Value;
use zbus::{Connection, Proxy};

const GROUP: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";

/// Tells whether the desktop is dark, now and whenever that changes, until the bus is gone.
pub(super) fn follow_theme(tell: &dyn Fn(bool)) {
    // Without a bus or a portal there is nothing to tell, and nothing that a person could do about it.
    let _ = future::block_on(follow(tell));
}

async fn follow(tell: &dyn Fn(bool)) -> zbus::Result<()> {
    let bus = Connection::session().await?;
    let portal = Proxy::new(
        &bus,
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
    )
    .await?;
    // Listened to before it is asked, so that no change falls between.
    let mut changes = portal.receive_signal("SettingChanged").await?;
    let now = portal.call_method("Read", &(GROUP, KEY)).await?;
    tell(is_dark(&now.body().deserialize()?));
    while let Some(change) = changes.next().await {
        let body = change.body();
        let (group, key, value): (&str, &str, Value<'_>) = body.deserialize()?;
        if (group, key) == (GROUP, KEY) {
            tell(is_dark(&value));
        }
    }
    Ok(())
}

/// Whether a colour scheme is the dark one. `Read` wraps it once more than the signal does.
fn is_dark(scheme: &Value<'_>) -> bool {
    match scheme {
        Value::Value(inner) => is_dark(inner),
        Value::U32(scheme) => *scheme == 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_dark_however_it_is_wrapped() {
        let wrapped = |scheme: u32| Value::Value(Box::new(Value::U32(scheme)));
        assert!(is_dark(&Value::U32(1)) && is_dark(&wrapped(1)));
        for light in [0, 2, 7] {
            assert!(!is_dark(&Value::U32(light)) && !is_dark(&wrapped(light)));
        }
        assert!(!is_dark(&Value::Bool(true)));
    }
}
