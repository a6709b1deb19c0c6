#include "app/report_desk.hpp"

#include "base/log.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {
constexpr Millis kBetweenAttempts = 30 * kSecond;

HttpServerLimits limits_of(const HttpDoor& door) {
  HttpServerLimits limits;
  limits.max_body = static_cast<std::size_t>(door.max_size);
  return limits;
}

bool same_place(const HttpDoor& a, const HttpDoor& b) {
  return a.address == b.address && a.max_size == b.max_size;
}
}  // namespace

Feed feed_of(const Sender& sender) {
  Feed feed;
  feed.id = sender.id;
  feed.title = sender.title;
  feed.language = sender.language;
  feed.publisher = sender.publisher;
  feed.owner = "human";
  feed.reliability = sender.reliability;
  feed.countries = sender.countries;
  feed.tags = sender.tags;
  return feed;
}

ReportDesk::ReportDesk(Surroundings surroundings)
    : around_(std::move(surroundings)),
      requests_(around_.clock,
                [this](const Sender& sender, std::vector<Item> items) { return keep(sender, std::move(items)); }),
      server_(around_.io, requests_),
      mailbox_({around_.store, around_.mailbox, around_.clock, around_.after,
                [this](const Sender* sender, std::optional<Item> item, bool is_backlog, const FeedState& state) {
                  return keep_mail(sender, std::move(item), is_backlog, state);
                },
                around_.failed}) {}

void ReportDesk::use(const Inbound& inbound) {
  const bool stays = door_ && inbound.http && same_place(*door_, *inbound.http) && server_.is_listening();
  door_ = inbound.http;
  ++generation_;
  if (!stays) refused_.clear();
  if (door_) requests_.use(*door_, inbound.senders);
  if (!door_) server_.stop_listening();
  if (stays)
    watch();
  else if (door_)
    open();
  mailbox_.use(inbound.mail, inbound.senders);
}

void ReportDesk::open() {
  const auto listening = server_.listen(door_->address, limits_of(*door_));
  const std::string before = std::exchange(refused_, listening ? "" : listening.error().message);
  if (listening)
    log::info("reports are taken at " + door_->listen);
  else if (refused_ != before)
    log::error(refused_ + "; trying on every " + duration_text(kBetweenAttempts));
  around_.after(kBetweenAttempts, [this, generation = generation_] {
    if (generation == generation_) watch();
  });
}

/// The listener also falls when the machine runs out of descriptors.
void ReportDesk::watch() {
  if (!server_.is_listening()) return open();
  around_.after(kBetweenAttempts, [this, generation = generation_] {
    if (generation == generation_) watch();
  });
}

std::string ReportDesk::trouble() const {
  std::vector<std::string> doors;
  if (door_ && !server_.is_listening())
    doors.push_back("no reports are taken at " + door_->listen + (refused_.empty() ? "" : ": " + refused_));
  if (const std::string& mail = mailbox_.trouble(); !mail.empty()) doors.push_back(mail);
  return join(doors, "; ");
}

Result<std::vector<std::string>> ReportDesk::keep(const Sender& sender, std::vector<Item> items) {
  const auto taken = around_.intake.take_reports(feed_of(sender), std::move(items), false, {}, around_.clock.now());
  if (!taken) {
    around_.failed(taken.error().message);
    return tl::unexpected(taken.error());
  }
  log::info(std::to_string(taken->new_items) + " new report(s) of " + sender.id);
  around_.taken(*taken);
  std::vector<std::string> news;
  for (const StoredItem& stored : taken->change.items) news.push_back(stored.item.id);
  return news;
}

Result<void> ReportDesk::keep_mail(const Sender* sender, std::optional<Item> item, bool is_backlog,
                                   const FeedState& state) {
  if (!sender || !item) {
    Commit mark;
    mark.feed_state = state;
    return around_.store.commit(mark);
  }
  std::vector<Item> items;
  items.push_back(std::move(*item));
  const auto taken =
      around_.intake.take_reports(feed_of(*sender), std::move(items), is_backlog, state, around_.clock.now());
  if (!taken) return tl::unexpected(taken.error());
  around_.taken(*taken);
  return {};
}

}  // namespace tocsin
