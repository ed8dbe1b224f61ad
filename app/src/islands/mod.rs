//! What moves in the browser. Each island is drawn whole by the server and works as plain HTML until it wakes; nothing depends
//! on one to send a form. Data comes in as props only.

mod dsn_alert;
mod password;
mod rights_grid;
mod sidebar;
mod siret_file;
mod tour;

pub use dsn_alert::DsnAlert;
pub use password::PasswordField;
pub use rights_grid::RightsGrid;
pub use sidebar::{SideLink, Sidebar};
pub use siret_file::SiretFile;
pub use tour::{Tour, TourStep};
