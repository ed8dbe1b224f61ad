//! Who a person is to the portal: mail, password, name, phones, and what the letters carry.

pub mod account;
pub mod email;
pub mod external;
pub mod factor;
pub mod identifiant;
pub mod letter;
pub mod letter_code;
pub mod opening;
pub mod password;
pub mod person;
pub mod personal;
pub mod phone;
pub mod recovery_code;
pub mod sign_in;
