// Every key below `inbound:`: one row each, as in settings/rows.hpp.
#pragma once
#include <array>

#include "model/inbound.hpp"
#include "settings/rows.hpp"

namespace tocsin {

inline constexpr std::array<Row<HttpDoor>, 3> kHttpDoorRows{{
    {"listen", &HttpDoor::listen, Meaning::text, "required",
     "ADDRESS:PORT or unix:PATH; an address of this machine alone (127.0.0.1, [::1]) unless something in front of it "
     "encrypts"},
    {"max_size", &HttpDoor::max_size, Meaning::size, "64KiB", "of one request", {}, {1 << 10, 1 << 20}},
    {"requests_per_hour",
     &HttpDoor::requests_per_hour,
     Meaning::number,
     "60",
     "of one sender; more are answered with 429 and the time to wait",
     {},
     {1, 100'000}},
}};

inline constexpr std::array<Row<MailDoor>, 8> kMailDoorRows{{
    {"url", &MailDoor::url, Meaning::text, "required", "imaps://HOST/MAILBOX, or imap:// for STARTTLS"},
    {"user", &MailDoor::user, Meaning::text, "required", "the login"},
    {"password_file", nullptr, Meaning::path, "required", "the file with its password"},
    {"authentication_results", &MailDoor::authentication_results, Meaning::text, "required",
     "the mail server of yours whose Authentication-Results header is believed, because anybody can write any From:; "
     "none = believe From:"},
    {"interval", &MailDoor::interval, Meaning::duration, "1m", "between two looks", {}, {kSecond, kDay}},
    {"max_size",
     &MailDoor::max_size,
     Meaning::size,
     "256KiB",
     "the part of one mail that is read",
     {},
     {4 << 10, 8 << 20}},
    {"require_tls", &MailDoor::require_tls, Meaning::yes_no, "yes", "refuse a server that does not encrypt"},
    {"ca_file", &MailDoor::ca_file, Meaning::path, "", "the certificates to trust instead of the system's"},
}};

inline constexpr std::array<Row<Sender>, 8> kSenderRows{{
    {"title", &Sender::title, Meaning::text, "", "for people"},
    {"token_file", nullptr, Meaning::path, "",
     "the file with the token that its requests carry, at least 24 characters; only its hash is kept"},
    {"address", &Sender::addresses, Meaning::text, "", "of its mails"},
    {"reliability", &Sender::reliability, Meaning::letter, "F",
     "the Admiralty letter of what it reports; F cannot be judged", kReliabilities},
    {"publisher", &Sender::publisher, Meaning::name, "",
     "its family: senders and feeds of one family never confirm each other; the default is the sender's own name"},
    {"countries", &Sender::countries, Meaning::country, "", "that it reports from"},
    {"tags", &Sender::tags, Meaning::name, "", "for rules: feed_tag has office"},
    {"language", &Sender::language, Meaning::language, "", "of its reports, when they do not say"},
}};

}  // namespace tocsin
