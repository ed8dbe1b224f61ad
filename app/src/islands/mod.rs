//! What moves in the browser. Each island is drawn whole by the server and works as plain HTML until it wakes; nothing depends
//! on one to send a form. Data comes in as props only.

mod dsn_alert;
mod password;
mod rights_grid;

pub use dsn_alert::DsnAlert;
pub use password::PasswordField;
pub use rights_grid::RightsGrid;
