#include "app/mailbox_reader.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "fakes/fake_clock.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {
namespace {

/// A mailbox in memory. Answers wait until the test lets them go, as those of a server do.
class FakeMailbox : public MailboxTransport {
 public:
  void look(const MailboxAccess&, std::uint32_t after, Millis since, std::function<void(MailboxLook)> done) override {
    ++looks;
    last_since = since;
    answers.emplace_back([this, after, done] {
      MailboxLook found{error, validity, {}};
      for (const auto& [uid, mail] : mails)
        if (uid > after) found.uids.push_back(uid);
      done(found);
    });
  }
  void fetch(const MailboxAccess&, std::uint32_t, std::uint32_t uid, std::function<void(MailboxMail)> done) override {
    answers.emplace_back([this, uid, done] {
      read.push_back(uid);
      const bool breaks = broken == uid;
      done({breaks ? "the line was cut" : "", !breaks && !mails.contains(uid), breaks ? "" : mails[uid]});
    });
  }
  void mark_unread(const MailboxAccess&, std::uint32_t, std::uint32_t uid,
                   std::function<void(std::string)> done) override {
    answers.emplace_back([this, uid, done] {
      unread.push_back(uid);
      done("");
    });
  }
  void settle() {
    while (!answers.empty()) {
      const auto answer = std::move(answers.front());
      answers.pop_front();
      answer();
    }
  }

  std::map<std::uint32_t, std::string> mails;
  std::uint32_t validity = 1000, broken = 0;
  std::string error;
  int looks = 0;
  Millis last_since = 0;
  std::vector<std::uint32_t> read, unread;
  std::deque<std::function<void()>> answers;
};

class MailboxTest : public ::testing::Test {
 protected:
  MailboxTest() : store(std::move(*open_sqlite(":memory:"))) {
    door.url = "imaps://mail.example.org/INBOX";
    door.user = "desk";
    door.authentication_results = "mx.example.org";
    amina.id = "field-gao";
    amina.addresses = {"amina@example.org"};
    start();
  }
  /// As after a restart: only the store remembers.
  void start() {
    reader = std::make_unique<MailboxReader>(
        MailboxReader::Surroundings{*store, mailbox, clock,
                                    [this](Millis wait, std::function<void()> call) {
                                      waits.push_back(wait);
                                      timers.push_back(std::move(call));
                                    },
                                    [this](const Sender* sender, std::optional<Item> item, bool is_backlog,
                                           const FeedState& state) -> Result<void> {
                                      if (full) return failure("the disk is full");
                                      ++commits;
                                      if (item) kept.push_back({sender->id, item->text, is_backlog});
                                      Commit change;
                                      change.feed_state = state;
                                      return store->commit(change);
                                    },
                                    [this](const std::string&) { failed = true; }});
    timers.clear();
    reader->use(door, {amina});
    tick();
  }
  /// The timers that are set now, and all answers that follow.
  void tick() {
    for (auto& call : std::exchange(timers, {})) call();
    mailbox.settle();
    for (std::size_t i = 0; i < timers.size() && waits.back() == 0; ++i) {
      for (auto& call : std::exchange(timers, {})) call();
      mailbox.settle();
    }
  }
  static std::string mail(const std::string& text, const std::string& from = "amina@example.org",
                          const std::string& results = "mx.example.org; dmarc=pass header.from=example.org") {
    return "Authentication-Results: " + results + "\r\nFrom: " + from + "\r\nSubject: x\r\n\r\n" + text;
  }

  struct Kept {
    std::string sender, text;
    bool is_backlog;
    bool operator==(const Kept&) const = default;
  };
  FakeClock clock;
  FakeMailbox mailbox;
  std::unique_ptr<Store> store;
  MailDoor door;
  Sender amina;
  std::unique_ptr<MailboxReader> reader;
  std::vector<std::function<void()>> timers;
  std::vector<Millis> waits;
  std::vector<Kept> kept;
  int commits = 0;
  bool full = false, failed = false;
};

}  // namespace

TEST_F(MailboxTest, a_mail_of_a_sender_is_a_report) {
  mailbox.mails[4] = mail("Gunmen attacked Gao.");
  tick();
  EXPECT_EQ(kept, (std::vector<Kept>{{"field-gao", "Gunmen attacked Gao.", false}}));
  EXPECT_TRUE(mailbox.unread.empty());
  EXPECT_EQ(waits.back(), kMinute);
}

TEST_F(MailboxTest, what_lay_there_before_we_looked_is_backlog_and_bounded_in_age) {
  store = std::move(*open_sqlite(":memory:"));
  mailbox.mails[4] = mail("old");
  mailbox.mails[5] = mail("older");
  start();
  EXPECT_EQ(mailbox.last_since, clock.now() - 7 * kDay);
  mailbox.mails[6] = mail("new");
  tick();
  EXPECT_EQ(mailbox.last_since, 0);
  EXPECT_EQ(kept,
            (std::vector<Kept>{{"field-gao", "old", true}, {"field-gao", "older", true}, {"field-gao", "new", false}}));
}

TEST_F(MailboxTest, years_of_mail_stay_unread_also_when_nothing_came_in_the_week_before) {
  tick();
  EXPECT_EQ(mailbox.last_since, clock.now() - 7 * kDay) << "the first look found nothing, but more may lie there";
  start();
  EXPECT_EQ(mailbox.last_since, clock.now() - 7 * kDay);
}

TEST_F(MailboxTest, nothing_is_read_twice_after_a_restart_and_nothing_lost) {
  mailbox.mails[4] = mail("one");
  tick();
  mailbox.mails[5] = mail("two");
  start();
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[1], (Kept{"field-gao", "two", false}));
  EXPECT_EQ(mailbox.read, (std::vector<std::uint32_t>{4, 5}));
}

TEST_F(MailboxTest, mails_of_others_are_left_unread_and_cost_one_commit_a_look) {
  mailbox.mails[1] = mail("spam", "x@bulk.example");
  mailbox.mails[2] = mail("forged", "amina@example.org", "mx.example.org; dmarc=fail header.from=example.org");
  mailbox.mails[3] = mail("relayed", "amina@example.org", "elsewhere.example; dmarc=pass header.from=example.org");
  mailbox.mails[4] = "Auto-Submitted: auto-replied\r\n" + mail("I am away");
  const int before = commits;
  tick();
  EXPECT_TRUE(kept.empty());
  EXPECT_EQ(mailbox.unread, (std::vector<std::uint32_t>{1, 2, 3, 4}));
  EXPECT_EQ(commits, before + 1);
  start();
  EXPECT_EQ(mailbox.read.size(), 4u) << "not looked at again";
}

TEST_F(MailboxTest, with_none_the_from_line_is_believed) {
  door.authentication_results = "none";
  mailbox.mails[1] = "From: amina@example.org\r\n\r\nx";
  start();
  EXPECT_EQ(kept.size(), 1u);
}

TEST_F(MailboxTest, a_mailbox_made_anew_is_read_from_its_beginning) {
  mailbox.mails[4] = mail("one");
  tick();
  mailbox.validity = 2000;
  mailbox.mails = {{1, mail("one")}, {2, mail("two")}};
  tick();
  EXPECT_EQ(mailbox.last_since, clock.now() - 7 * kDay);
  EXPECT_EQ(mailbox.read, (std::vector<std::uint32_t>{4, 1, 2})) << "the intake knows what it has seen";
}

TEST_F(MailboxTest, a_failure_is_tried_again_with_growing_pauses) {
  mailbox.error = "no route to host";
  for (int i = 0; i < 9; ++i) tick();
  EXPECT_EQ(reader->trouble(), "the mailbox imaps://mail.example.org/INBOX cannot be read: no route to host");
  EXPECT_EQ(waits[waits.size() - 9], kMinute);
  EXPECT_EQ(waits.back(), kHour);
  mailbox.error = "";
  mailbox.mails[1] = mail("x");
  tick();
  EXPECT_EQ(reader->trouble(), "");
  EXPECT_EQ(kept.size(), 1u);
}

TEST_F(MailboxTest, a_mail_that_cannot_be_fetched_stops_the_later_ones_only_for_a_while) {
  mailbox.mails = {{1, mail("one")}, {2, "?"}, {3, mail("three")}};
  mailbox.broken = 2;
  for (int i = 0; i < 4; ++i) tick();
  EXPECT_EQ(kept.size(), 1u) << "perhaps it can be had the next time";
  tick();
  tick();
  EXPECT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept.back().text, "three");
}

TEST_F(MailboxTest, a_deleted_mail_is_passed_over) {
  mailbox.mails = {{1, mail("one")}, {2, mail("two")}};
  for (auto& call : std::exchange(timers, {})) call();
  mailbox.answers.front()();  // the look
  mailbox.answers.pop_front();
  mailbox.mails.erase(1);
  mailbox.settle();
  EXPECT_EQ(kept.size(), 1u);
}

TEST_F(MailboxTest, a_mail_that_cannot_be_kept_is_not_passed_over) {
  full = true;
  mailbox.mails[1] = mail("one");
  tick();
  EXPECT_TRUE(failed);
  full = false;
  start();
  EXPECT_EQ(kept.size(), 1u);
}

TEST_F(MailboxTest, after_a_reload_answers_to_the_former_questions_are_void) {
  for (auto& call : std::exchange(timers, {})) call();
  reader->use(std::nullopt, {});
  mailbox.mails[1] = mail("one");
  mailbox.settle();
  EXPECT_TRUE(kept.empty());
  EXPECT_TRUE(timers.empty());
}

}  // namespace tocsin
