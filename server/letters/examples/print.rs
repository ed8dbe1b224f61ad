//! Writes the two letters with made-up data into a folder: `cargo run -p letters --example print -- <folder>`.

use std::path::PathBuf;

use letters::{Fund, Letter, Recipient};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder: PathBuf = std::env::args_os().nth(1).ok_or("which folder?")?.into();
    let fund = Fund {
        name: "CIBTP Exemple".to_owned(),
        address: ["12, rue des Échafaudages", "69000 Lyon"].map(str::to_owned).to_vec(),
        phone: "04 00 00 00 00".to_owned(),
        hours: "du lundi au vendredi, de 8 h 30 à 17 h".to_owned(),
        site: "https://portail.cibtp.example".to_owned(),
        website: "www.cibtp.example".to_owned(),
    };
    let letter = Letter {
        place_and_date: "Lyon, le 12 novembre 2026".to_owned(),
        reference: "ADH-2026-000123".to_owned(),
        recipient: Recipient {
            lines: ["MAÇONNERIE DUPONT ET FILS", "Mme Élodie Dupont", "8 bis, chemin de l’Œuvre", "38000 GRENOBLE"]
                .map(str::to_owned)
                .to_vec(),
            company: "Maçonnerie Dupont et fils".to_owned(),
            siret: "123 456 789 00012".to_owned(),
        },
    };
    let start = std::time::Instant::now();
    let welcome = letters::welcome(&fund, &letter, "0123456789")?;
    println!("first letter: {:?}, {} bytes", start.elapsed(), welcome.len());
    let start = std::time::Instant::now();
    let code = letters::code(&fund, &letter, "7K2M9QXD4TBA", "10 février 2027")?;
    println!("second letter: {:?}, {} bytes", start.elapsed(), code.len());
    std::fs::write(folder.join("welcome.pdf"), welcome)?;
    std::fs::write(folder.join("code.pdf"), code)?;
    Ok(())
}
