#include "app/mailbox_reader.hpp"

#include <algorithm>
#include <charconv>

#include "base/log.hpp"
#include "base/text.hpp"
#include "feeds/freshness.hpp"

namespace tocsin {

namespace {
constexpr Millis kLongestPause = kHour;
constexpr int kMostFetches = 5;  // of one mail, in as many looks

MailboxAccess access_to(const MailDoor& door) {
  MailboxAccess access;
  access.url = door.url;
  access.user = door.user;
  access.password = door.password;
  access.ca_file = door.ca_file;
  access.require_tls = door.require_tls;
  access.max_size = static_cast<std::size_t>(door.max_size);
  return access;
}
}  // namespace

void MailboxReader::use(const std::optional<MailDoor>& door, std::vector<Sender> senders) {
  ++generation_;
  senders_ = std::move(senders);
  waiting_.clear();
  unsaved_ = false;
  failures_ = 0;
  trouble_.clear();
  if (!door) return;
  door_ = *door;
  access_ = access_to(door_);
  state_ = {};
  state_.feed = "mailbox:" + door_.user + ":" + door_.url;
  if (auto stored = around_.store.feed_state(state_.feed); stored && *stored) state_ = std::move(**stored);
  mark_ = mark_of(state_);
  schedule(0);
}

/// "1700000000:45:12": validity, UID, end of the backlog.
MailboxReader::Mark MailboxReader::mark_of(const FeedState& state) {
  Mark mark;
  const auto parts = split(state.etag, ':');
  if (parts.size() != 3) return mark;
  std::uint32_t* const numbers[] = {&mark.validity, &mark.uid, &mark.backlog_end};
  for (std::size_t i = 0; i < parts.size(); ++i)
    std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), *numbers[i]);
  return mark;
}

void MailboxReader::schedule(Millis wait) {
  around_.after(wait, [this, generation = generation_] {
    if (generation == generation_) look();
  });
}

void MailboxReader::look() {
  // What is older could not alert any more; a mailbox of which we have read nothing yet may hold years.
  const Millis since = mark_.uid == 0 ? around_.clock.now() - kStaleAge : 0;
  around_.mailbox.look(access_, mark_.uid, since, [this, generation = generation_](const MailboxLook& found) {
    if (generation == generation_) looked(found);
  });
}

void MailboxReader::looked(const MailboxLook& found) {
  if (!found.error.empty()) return stopped(found.error);
  if (mark_.validity != 0 && found.validity != mark_.validity) {
    log::warning("the mailbox " + door_.url + " was made anew by its server; the mails of the last " +
                 duration_text(kStaleAge) + " are compared with what was read");
    mark_ = {};
    return schedule(0);
  }
  if (mark_.validity == 0) {
    mark_ = {found.validity, 0, found.uids.empty() ? 0 : found.uids.back()};
    unsaved_ = true;
  }
  waiting_.assign(found.uids.rbegin(), found.uids.rend());
  fetch_next();
}

void MailboxReader::fetch_next() {
  if (waiting_.empty()) {
    trouble_.clear();
    if (std::exchange(failures_, 0) > 0) log::info("the mailbox " + door_.url + " can be read again");
    if (!unsaved_ || keep(nullptr, std::nullopt)) schedule(door_.interval);
    return;
  }
  const std::uint32_t uid = waiting_.back();
  waiting_.pop_back();
  around_.mailbox.fetch(access_, mark_.validity, uid, [this, uid, generation = generation_](const MailboxMail& mail) {
    if (generation == generation_) fetched(uid, mail);
  });
}

void MailboxReader::fetched(std::uint32_t uid, const MailboxMail& mail) {
  if (!mail.error.empty()) return fetch_failed(uid, mail.error);
  mark_.uid = uid;
  unsaved_ = true;
  if (mail.gone) return fetch_next();
  MailReport report = read_mail(mail.bytes);
  std::string why_not;
  if (const Sender* sender = sender_of(report, why_not)) {
    log::info("mail " + std::to_string(uid) + ": a report of " + sender->id);
    if (keep(sender, std::move(report.item))) fetch_next();
  } else {
    log::warning("mail " + std::to_string(uid) + " is left in the mailbox unread: " + why_not);
    leave_unread(uid);
  }
}

/// One mail that its server cannot give must not keep all later ones from us.
void MailboxReader::fetch_failed(std::uint32_t uid, const std::string& error) {
  stuck_times_ = std::exchange(stuck_, uid) == uid ? stuck_times_ + 1 : 1;
  if (stuck_times_ >= kMostFetches) {
    log::error("mail " + std::to_string(uid) + " could not be fetched " + std::to_string(stuck_times_) +
               " times and is passed over; please read it yourself");
    mark_.uid = uid;
    unsaved_ = true;
  }
  stopped(error);
}

void MailboxReader::leave_unread(std::uint32_t uid) {
  around_.mailbox.mark_unread(access_, mark_.validity, uid, [this, generation = generation_](const std::string& error) {
    if (generation != generation_) return;
    if (!error.empty()) log::warning("a mail could not be marked as unread again: " + one_line(error));
    fetch_next();
  });
}

const Sender* MailboxReader::sender_of(const MailReport& mail, std::string& why_not) const {
  const auto sender = std::find_if(senders_.begin(), senders_.end(), [&](const Sender& s) {
    return std::find(s.addresses.begin(), s.addresses.end(), mail.from) != s.addresses.end();
  });
  const std::string from = mail.from.empty() ? "nobody in particular" : shortened(one_line(mail.from), 80);
  if (sender == senders_.end()) {
    why_not = "it is from " + from + ", who is no sender of the configuration";
    return nullptr;
  }
  if (!mail.automatic.empty()) {
    why_not = "it is from " + from + ", but it is " + mail.automatic;
    return nullptr;
  }
  if (door_.authentication_results != "none")
    if (const auto vouched = vouched_for(mail, door_.authentication_results); !vouched) {
      why_not = "it says to be from " + from + ", but " + vouched.error().message;
      return nullptr;
    }
  return &*sender;
}

bool MailboxReader::keep(const Sender* sender, std::optional<Item> item) {
  state_.etag =
      std::to_string(mark_.validity) + ":" + std::to_string(mark_.uid) + ":" + std::to_string(mark_.backlog_end);
  state_.last_poll = state_.last_success = around_.clock.now();
  const auto kept = around_.keep(sender, std::move(item), mark_.uid <= mark_.backlog_end, state_);
  if (!kept) around_.failed(kept.error().message);
  unsaved_ = !kept;
  return kept.has_value();
}

void MailboxReader::stopped(const std::string& error) {
  waiting_.clear();
  trouble_ = "the mailbox " + door_.url + " cannot be read: " + one_line(error);
  if (failures_++ == 0) log::warning(trouble_);
  Millis wait = door_.interval;
  for (int i = 1; i < failures_ && wait < kLongestPause; ++i) wait *= 2;
  schedule(std::min(wait, std::max(kLongestPause, door_.interval)));
}

}  // namespace tocsin
