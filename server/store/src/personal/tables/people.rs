//! Tables whose rows belong to people.

use super::{COPY, DAY, Fate, MONTH, NOW, QUARTER, SECRET, TECHNICAL, YEAR, end, field, hidden, rows, shown, shown_as};
use crate::personal::Erasure::{Kept, Replaced, WithRow};
use crate::personal::Export::Shown;
use crate::personal::{End, Erasure, Table};

const PSEUDONYM: Erasure = Kept("pseudonyme : sans le reste du compte, il ne désigne plus personne");
const HISTORY: Erasure = Kept("preuve de qui pouvait quoi sur le site ; la personne n’y figure plus que par le pseudonyme");
const TRACE: Erasure = Kept("journal de sécurité, rattaché au seul pseudonyme");

pub(super) const ACCOUNT: Table = Table {
    name: "account",
    title: "Compte",
    rows: rows("[$account]", "le compte lui-même", "created"),
    ends: &[End {
        which: "comptes jamais activés",
        when: "state = 'pending'",
        since: "created",
        from: "l’ouverture",
        age: QUARTER,
        fate: Fate::PersonErased,
    }],
    fields: &[
        field("id", "Numéro interne", Shown("record::id(id)"), PSEUDONYM),
        field("email", "Adresse mail, identifiant de connexion", Shown("email"), Replaced("''", "vidé")),
        field("pending_email", "Nouvelle adresse en attente de confirmation", Shown("pending_email"), Replaced("NONE", "vidé")),
        field("first", "Prénom", Shown("first"), Replaced("''", "vidé")),
        field("last", "Nom", Shown("last"), Replaced("''", "vidé")),
        field("phone", "Téléphone fixe", Shown("phone"), Replaced("NONE", "vidé")),
        field("mobile", "Téléphone mobile", Shown("mobile"), Replaced("NONE", "vidé")),
        field("mobile_certified", "Mobile certifié le", Shown("mobile_certified"), Replaced("NONE", "vidé")),
        field("password", "Empreinte du mot de passe", SECRET, Replaced("''", "vidé")),
        field("state", "État du compte", Shown("state"), Replaced("'closed'", "fermé")),
        field("certified", "Adresse certifiée le", Shown("certified"), Replaced("NONE", "vidé")),
        field("created", "Compte ouvert le", Shown("created"), Kept("date d’ouverture d’un compte qui ne désigne plus personne")),
        field("password_changed", "Mot de passe changé le", Shown("password_changed"), Replaced("NONE", "vidé")),
        field("last_login", "Dernière connexion", Shown("last_login"), Replaced("NONE", "vidé")),
        field("reminders", "Rappels de certification écrits", TECHNICAL, Replaced("0", "remis à zéro")),
        field("epoch", "Génération des sessions et des liens", TECHNICAL, Replaced("epoch + 1", "augmenté : sessions et liens meurent")),
        field("links", "Génération des liens", TECHNICAL, Replaced("links + 1", "augmenté")),
    ],
};

pub(super) const DELEGATION: Table = Table {
    name: "delegation",
    title: "Droits sur les sites",
    rows: rows("(SELECT VALUE id FROM delegation:[$account, NONE]..=[$account, ..])", "le compte dans le numéro de la ligne", "created"),
    ends: &[],
    fields: &[
        field("id", "Numéro de la ligne", TECHNICAL, PSEUDONYM),
        field("account", "Compte", TECHNICAL, PSEUDONYM),
        field("site", "Site", Shown("string::concat(site.name, ' (SIRET ', site.siret, ')')"), HISTORY),
        field("role", "Rôle", Shown("role"), HISTORY),
        field("origin", "Origine", Shown("origin"), HISTORY),
        field("state", "État", Shown("state"), Replaced("'closed'", "fermé")),
        field("starts", "Premier jour", Shown("starts"), HISTORY),
        field("ends", "Dernier jour", Shown("ends"), HISTORY),
        field("created", "Donné le", Shown("created"), HISTORY),
        field("key", "Numéro public de la ligne", TECHNICAL, PSEUDONYM),
        field("rights", "Collèges et fonctions", Shown("rights"), HISTORY),
        field("above", "Droits du cabinet dont ils viennent", TECHNICAL, PSEUDONYM),
        field("giver", "Donnés par", TECHNICAL, PSEUDONYM),
        field("siret", "SIRET du cabinet", Shown("siret"), HISTORY),
        field("rev", "Génération de la ligne", TECHNICAL, Replaced("rev + 1", "augmentée")),
        field("ended", "Terminés le", Shown("ended"), Kept("date de fin, sans le nom")),
        field("reminded", "Rappels de fin écrits", TECHNICAL, Replaced("NONE", "vidé")),
    ],
};

pub(super) const INVITATION: Table = Table {
    name: "invitation",
    title: "Invitations en attente",
    rows: rows("(SELECT VALUE id FROM invitation WHERE email IN $own)", "l’adresse de la personne", "created"),
    ends: &[end("jamais acceptées", "", "expires", "la fin du dernier lien", QUARTER)],
    fields: &[
        hidden("id", "Empreinte de l’adresse", SECRET),
        hidden("key", "Numéro public de la ligne", TECHNICAL),
        shown_as("site", "Site", "string::concat(site.name, ' (SIRET ', site.siret, ')')"),
        shown("email", "Adresse invitée"),
        shown("role", "Rôle"),
        shown("rights", "Collèges et fonctions"),
        shown("starts", "Premier jour"),
        shown("ends", "Dernier jour"),
        hidden("above", "Droits du cabinet dont ils viendraient", TECHNICAL),
        hidden("giver", "Invité par", TECHNICAL),
        shown("siret", "SIRET du cabinet"),
        hidden("rev", "Génération de la ligne", TECHNICAL),
        hidden("batch", "Invitations d’un même message", TECHNICAL),
        shown("created", "Invité le"),
        shown("sent", "Dernier envoi"),
        shown("expires", "Lien valable jusqu’au"),
    ],
};

pub(super) const LINE: Table = Table {
    name: "line",
    title: "Lignes des listes de bénéficiaires",
    rows: rows(crate::lines::OF_PERSON, "le champ account, ou l’adresse invitée", "site"),
    ends: &[],
    fields: &[
        hidden("id", "Numéro public de la ligne", TECHNICAL),
        shown_as("site", "Site", "string::concat(site.name, ' (SIRET ', site.siret, ')')"),
        hidden("part", "Partie de la liste", TECHNICAL),
        hidden("place", "Place dans l’ordre des noms", COPY),
        hidden("back", "La même, dans l’ordre inverse", COPY),
        hidden("target", "Droits ou invitation dont elle est faite", TECHNICAL),
        hidden("account", "Compte", TECHNICAL),
        hidden("email", "Adresse mail", COPY),
        hidden("first", "Prénom", COPY),
        hidden("last", "Nom", COPY),
        hidden("scope", "Droits du cabinet dont ils viennent", TECHNICAL),
        shown("role", "Rôle"),
        shown("status", "Statut"),
        hidden("state", "État", COPY),
        hidden("starts", "Premier jour", COPY),
        hidden("ends", "Dernier jour", COPY),
        hidden("turns", "Jour où le statut change", TECHNICAL),
    ],
};

pub(super) const SESSION: Table = Table {
    name: "session",
    title: "Sessions",
    rows: rows("(SELECT VALUE id FROM session WHERE account = $account)", "le champ account", "created"),
    ends: &[end("toutes", "", "seen", "la dernière utilisation", DAY)],
    fields: &[
        hidden("id", "Empreinte du cookie", SECRET),
        hidden("account", "Compte", TECHNICAL),
        hidden("epoch", "Génération du compte", TECHNICAL),
        shown("created", "Connexion"),
        shown("seen", "Dernière utilisation"),
        shown("authenticated", "Mot de passe donné le"),
        hidden("provider", "Jeton de l’autre service, scellé", SECRET),
        shown("agent", "Navigateur"),
    ],
};

pub(super) const TOTP: Table = Table {
    name: "totp",
    title: "Application de codes",
    rows: rows("(SELECT VALUE id FROM type::record('totp', $owner))", "le compte, qui est le numéro de la ligne", "created"),
    ends: &[end("jamais confirmées", "confirmed = NONE", "created", "la demande", DAY)],
    fields: &[
        hidden("id", "Numéro de la ligne", TECHNICAL),
        hidden("account", "Compte", TECHNICAL),
        hidden("secret", "Secret de l’application, chiffré", SECRET),
        shown("created", "Demandée le"),
        shown("confirmed", "Confirmée le"),
        hidden("last_step", "Dernier code utilisé", SECRET),
    ],
};

pub(super) const PASSKEY: Table = Table {
    name: "passkey",
    title: "Clés d’accès",
    rows: rows("(SELECT VALUE id FROM passkey WHERE account = $account)", "le champ account", "created"),
    ends: &[],
    fields: &[
        hidden("id", "Empreinte du numéro de la clé", SECRET),
        hidden("account", "Compte", TECHNICAL),
        shown("name", "Nom donné à la clé"),
        hidden("credential", "Clé publique", SECRET),
        shown("created", "Ajoutée le"),
        shown("used", "Dernière utilisation"),
    ],
};

pub(super) const RECOVERY_CODE: Table = Table {
    name: "recovery_code",
    title: "Codes de secours",
    rows: rows("(SELECT VALUE id FROM recovery_code:[$account, NONE]..=[$account, ..])", "le compte dans le numéro de la ligne", "created"),
    ends: &[],
    fields: &[hidden("id", "Empreinte du code", SECRET), hidden("account", "Compte", TECHNICAL), shown("created", "Fait le")],
};

pub(super) const EXTERNAL_LOGIN: Table = Table {
    name: "external_login",
    title: "Connexions par un autre service",
    rows: rows("(SELECT VALUE id FROM external_login WHERE account = $account)", "le champ account", "created"),
    ends: &[],
    fields: &[
        hidden("id", "Empreinte de l’identité chez ce service", SECRET),
        hidden("account", "Compte", TECHNICAL),
        shown("issuer", "Service"),
        shown("created", "Rattachée le"),
    ],
};

pub(super) const CHALLENGE: Table = Table {
    name: "challenge",
    title: "Vérifications en cours",
    rows: rows("(SELECT VALUE id FROM challenge WHERE account = $account)", "le champ account", "expires"),
    ends: &[end("toutes", "", "expires", "l’expiration", NOW)],
    fields: &[
        hidden("id", "Numéro tiré au hasard", SECRET),
        hidden("account", "Compte", TECHNICAL),
        shown("kind", "Sorte"),
        hidden("state", "Contenu, chiffré", SECRET),
        shown("expires", "Expire le"),
    ],
};

pub(super) const SMS_CODE: Table = Table {
    name: "sms_code",
    title: "Codes envoyés par SMS",
    rows: rows(
        "(SELECT VALUE id FROM sms_code WHERE record::id(id)[0] = $owner
           OR (record::id(id)[1] IN $own AND string::starts_with(record::id(id)[0], 'opening:')))",
        "le compte, ou le numéro de téléphone donné à l’ouverture, dans le numéro de la ligne",
        "created",
    ),
    ends: &[end("tous", "", "expires", "l’expiration", DAY)],
    fields: &[
        field("id", "Numéro de téléphone", Shown("record::id(id)[1]"), WithRow),
        hidden("hash", "Empreinte du code", SECRET),
        shown("created", "Envoyé le"),
        shown("expires", "Valable jusqu’au"),
        shown("tries", "Essais"),
    ],
};

pub(super) const TOKEN: Table = Table {
    name: "token",
    title: "Liens envoyés par mail",
    rows: rows(
        "array::concat((SELECT VALUE id FROM token WHERE account = $account), (SELECT VALUE id FROM token WHERE invitation.email IN $own))",
        "le champ account, ou l’adresse de l’invitation",
        "created",
    ),
    ends: &[end("tous", "", "expires", "l’expiration", DAY)],
    fields: &[
        hidden("id", "Empreinte du lien", SECRET),
        shown("purpose", "Usage"),
        hidden("account", "Compte", TECHNICAL),
        hidden("invitation", "Invitation", TECHNICAL),
        shown("target", "Adresse concernée"),
        hidden("epoch", "Génération du compte", TECHNICAL),
        shown("created", "Envoyé le"),
        shown("expires", "Valable jusqu’au"),
    ],
};

pub(super) const OUTBOX: Table = Table {
    name: "outbox",
    title: "Messages envoyés",
    rows: rows(
        "array::distinct(array::concat((SELECT VALUE id FROM outbox WHERE account = $account),
           (SELECT VALUE id FROM outbox WHERE recipient IN $own AND account = NONE),
           (SELECT VALUE id FROM outbox WHERE recipient = '' AND array::any($own, |$value: string| string::contains(payload, $value)))))",
        "le champ account, ou une adresse ou un numéro de la personne",
        "created",
    ),
    ends: &[
        // A message stays due at the end of its last lease: minutes after it left or was given up.
        end("envoyés", "state = 'sent'", "due", "l’envoi", MONTH),
        end("abandonnés", "state = 'dead'", "due", "le dernier essai", YEAR),
        end("jamais partis", "state = 'waiting'", "created", "l’écriture", MONTH),
        end("confirmations d’effacement, parties ou abandonnées", "state IN ['sent', 'dead'] AND kind = 'erased'", "due", "l’envoi", NOW),
    ],
    fields: &[
        hidden("id", "Numéro du message", TECHNICAL),
        hidden("account", "Compte", TECHNICAL),
        shown("channel", "Moyen"),
        shown("kind", "Message"),
        shown("recipient", "Envoyé à"),
        shown("payload", "Contenu variable"),
        shown("state", "État"),
        hidden("attempts", "Essais", TECHNICAL),
        hidden("due", "Prochain essai", TECHNICAL),
        hidden("lease", "Réservation", TECHNICAL),
        shown_as("site", "Site", "IF site = NONE { NONE } ELSE { string::concat(site.name, ' (SIRET ', site.siret, ')') }"),
        hidden("gathered", "Regroupé le", TECHNICAL),
        hidden("digest", "Parti avec le message", TECHNICAL),
        shown("created", "Écrit le"),
        shown("sent", "Envoyé le"),
        shown("problem", "Dernière difficulté d’envoi"),
    ],
};

pub(super) const NOTIFICATION: Table = Table {
    name: "notification",
    title: "Notifications par mail",
    rows: rows("(SELECT VALUE id FROM notification WHERE account = $account)", "le champ account", "rhythm"),
    ends: &[],
    fields: &[
        hidden("id", "Numéro de la ligne", TECHNICAL),
        hidden("account", "Compte", TECHNICAL),
        shown_as("site", "Site", "string::concat(site.name, ' (SIRET ', site.siret, ')')"),
        shown("rhythm", "Choix"),
    ],
};

pub(super) const GUIDANCE: Table = Table {
    name: "guidance",
    title: "Aide du portail",
    rows: rows("(SELECT VALUE id FROM guidance WHERE account = $account)", "le champ account", "id"),
    ends: &[],
    fields: &[
        hidden("id", "Numéro de la ligne", TECHNICAL),
        hidden("account", "Compte", TECHNICAL),
        shown("news", "Dernière nouveauté lue"),
        shown("announced", "Dernière annonce de l’accueil retirée"),
        shown("tours", "Visites guidées suivies"),
        shown("sidebar", "Barre fonctionnelle"),
    ],
};

pub(super) const HABIT: Table = Table {
    name: "habit",
    title: "Services utilisés",
    rows: rows("(SELECT VALUE id FROM habit WHERE account = $account)", "le champ account", "used"),
    ends: &[end("tous", "", "used", "la dernière utilisation", YEAR)],
    fields: &[
        hidden("id", "Numéro de la ligne", TECHNICAL),
        hidden("account", "Compte", TECHNICAL),
        shown_as("site", "Site", "string::concat(site.name, ' (SIRET ', site.siret, ')')"),
        shown("uses", "Jours d’utilisation de chaque service, et tuiles de l’accueil"),
        shown("used", "Dernière utilisation"),
    ],
};

pub(super) const AUDIT: Table = Table {
    name: "audit",
    title: "Journal",
    rows: rows("(SELECT VALUE id FROM audit WHERE account = $account)", "le champ account", "at"),
    ends: &[end("tout", "", "at", "l’événement", YEAR)],
    fields: &[
        field("id", "Numéro de la ligne", TECHNICAL, TRACE),
        field("at", "Date", Shown("at"), TRACE),
        field("what", "Événement", Shown("what"), TRACE),
        field("account", "Compte", TECHNICAL, PSEUDONYM),
        field("site", "Site", Shown("IF site = NONE { NONE } ELSE { string::concat(site.name, ' (SIRET ', site.siret, ')') }"), TRACE),
        // The name the fund knew may be somebody else's.
        field("detail", "Précision", Shown("IF what = 'account.opened' { NONE } ELSE { detail }"), Replaced("NONE", "vidé")),
        field("agent", "Navigateur", Shown("agent"), Replaced("NONE", "vidé")),
        field("about", "Droits concernés", TECHNICAL, TRACE),
        field("behalf", "Pour le compte du cabinet (SIRET)", Shown("behalf"), TRACE),
    ],
};

pub(super) const EMAIL_CLAIM: Table = Table {
    name: "email_claim",
    title: "Réservations d’adresses",
    rows: rows("(SELECT VALUE id FROM email_claim WHERE account = $account)", "le champ account", "until"),
    ends: &[end("adresses quittées", "until != NONE", "until", "la fin de la réservation", NOW)],
    fields: &[
        hidden("id", "Empreinte de l’adresse", SECRET),
        hidden("account", "Compte", TECHNICAL),
        shown("until", "Ancienne adresse réservée jusqu’au"),
    ],
};
