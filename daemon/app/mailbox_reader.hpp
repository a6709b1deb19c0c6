// Reads the reports of people from a mailbox: looks every minute or so, fetches what is new, one mail after the other,
// and hands on what a known sender wrote. How far it has read is committed together with the report, so that a crash
// neither loses a mail nor reads it twice.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "feeds/message.hpp"
#include "model/inbound.hpp"
#include "ports/clock.hpp"
#include "ports/mailbox.hpp"
#include "ports/store.hpp"

namespace tocsin {

class MailboxReader {
 public:
  /// `keep` commits the item together with the state, or the state alone when there is no item; `is_backlog` says that
  /// the mail lay there before we ever looked. `failed` is called when that is refused. `after` is the loop's. All must
  /// outlive this object.
  struct Surroundings {
    Store& store;
    MailboxTransport& mailbox;
    const Clock& clock;
    std::function<void(Millis, std::function<void()>)> after;
    std::function<Result<void>(const Sender*, std::optional<Item>, bool is_backlog, const FeedState&)> keep;
    std::function<void(const std::string&)> failed;
  };
  explicit MailboxReader(Surroundings surroundings) : around_(std::move(surroundings)) {}

  /// Reads there from now on, for these senders; nullopt stops. What is in progress is let go.
  void use(const std::optional<MailDoor>& door, std::vector<Sender> senders);
  /// Why the mailbox cannot be read, in words; "" when it can.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

 private:
  /// Where in which mailbox we are: UIDs mean something only within one UIDVALIDITY (RFC 9051, 2.3.1.1).
  struct Mark {
    std::uint32_t validity = 0;
    std::uint32_t uid = 0;          // read up to here
    std::uint32_t backlog_end = 0;  // what lay there when we first looked
  };
  static Mark mark_of(const FeedState& state);

  void schedule(Millis wait);
  void look();
  void looked(const MailboxLook& found);
  void fetch_next();
  void fetched(std::uint32_t uid, const MailboxMail& mail);
  void fetch_failed(std::uint32_t uid, const std::string& error);
  void leave_unread(std::uint32_t uid);
  bool keep(const Sender* sender, std::optional<Item> item);
  void stopped(const std::string& error);
  [[nodiscard]] const Sender* sender_of(const MailReport& mail, std::string& why_not) const;

  Surroundings around_;
  std::uint64_t generation_ = 0;
  MailDoor door_;
  MailboxAccess access_;
  std::vector<Sender> senders_;
  FeedState state_;  // of the mailbox; its etag is the mark
  Mark mark_;
  std::vector<std::uint32_t> waiting_;  // UIDs, the next one last
  bool unsaved_ = false;                // the mark has moved over mails that were not ours
  int failures_ = 0;                    // looks in a row
  std::string trouble_;                 // of the last of them
  std::uint32_t stuck_ = 0;             // UID whose fetch failed last
  int stuck_times_ = 0;
};

}  // namespace tocsin
