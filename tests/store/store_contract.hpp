// What every Store must do. A store's own test names a factory of empty stores:
//   INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values(factory));
#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "ports/store.hpp"
#include "wire/arbitrary.hpp"

namespace tocsin {

using StoreFactory = std::function<std::unique_ptr<Store>()>;

class StoreContract : public testing::TestWithParam<StoreFactory> {
 protected:
  std::unique_ptr<Store> store = GetParam()();

  void commit(const Commit& change) {
    const auto done = store->commit(change);
    ASSERT_TRUE(done) << done.error().message;
  }
};

inline Incident an_incident(const std::string& id, std::int64_t revision = 1, Millis updated = 1000) {
  Incident incident;
  incident.id = id;
  incident.revision = revision;
  incident.type = EventType::attack;
  incident.types = {EventType::attack};
  incident.place.name = "Bamako";
  incident.place.country = "ML";
  incident.updated = updated;
  return incident;
}

inline Alert an_alert(const std::string& key, Severity severity = Severity::Severe, Millis sent = 1000) {
  Alert alert;
  alert.key = key;
  alert.code = "4F2K";
  alert.rule = "attack-on-capital";
  alert.rules = {alert.rule};
  alert.severity = severity;
  alert.sent = sent;
  alert.incident = an_incident("i1");
  return alert;
}

inline Delivery a_delivery(const std::string& key, const std::string& alert, Millis next_attempt = 1000) {
  Delivery delivery;
  delivery.key = key;
  delivery.alert_key = alert;
  delivery.recipient = "duty-officer";
  delivery.channel = "mail";
  delivery.created = 1000;
  delivery.next_attempt = next_attempt;
  return delivery;
}

inline StoredItem an_item(const std::string& id, Millis received = 1000) {
  StoredItem stored;
  stored.feed = "radio";
  stored.publisher = "Radio";
  stored.item.id = id;
  stored.item.title = "Tirs près de l'École de gendarmerie";
  stored.item.text = "Des habitants entendent des tirs.";
  stored.received = received;
  return stored;
}

template <class T>
std::vector<std::string> keys_of(const std::vector<T>& values) {
  std::vector<std::string> keys;
  for (const T& value : values) {
    if constexpr (requires { value.key; })
      keys.push_back(value.key);
    else if constexpr (requires { value.delivery; })
      keys.push_back(value.delivery.key);
    else if constexpr (requires { value.item; })
      keys.push_back(value.item.id);
    else
      keys.push_back(value.id);
  }
  return keys;
}

using Keys = std::vector<std::string>;

TEST_P(StoreContract, an_empty_store_knows_nothing_and_owes_nothing) {
  EXPECT_FALSE(store->feed_state("radio")->has_value());
  EXPECT_TRUE(store->seen("radio", {"a"})->empty());
  EXPECT_TRUE(store->open_incidents(0)->empty());
  EXPECT_TRUE(store->due(1'000'000, 10)->empty());
  EXPECT_FALSE(store->next_due()->has_value());
  EXPECT_EQ(*store->queued(), 0u);
  EXPECT_TRUE(store->alerts({})->empty());
}

TEST_P(StoreContract, gives_back_the_state_of_a_feed) {
  FeedState state{"radio",
                  "\"tag\"",
                  "Tue, 17 Sep 2024 05:10:00 GMT",
                  "https://x.example/f",
                  0xffffffffffffffff,
                  1,
                  2,
                  3,
                  4,
                  5,
                  "timed out",
                  true,
                  false,
                  6,
                  7,
                  {8, 9},
                  {0xfffffffffffffffe, "https://y.example/f", 10, 11},
                  {12, 13},
                  14,
                  test::Arbitrary(1).make<FeedNorm>(),
                  0xfffffffffffffffd,
                  15};
  commit({.feed_state = state});
  state.failures = 0;
  commit({.feed_state = state});
  const auto read = **store->feed_state("radio");
  EXPECT_EQ(read.etag, state.etag);
  EXPECT_EQ(read.last_modified, state.last_modified);
  EXPECT_EQ(read.final_url, state.final_url);
  EXPECT_EQ(read.body_hash, state.body_hash);
  EXPECT_EQ(read.last_poll, 1);
  EXPECT_EQ(read.last_success, 2);
  EXPECT_EQ(read.last_new_item, 3);
  EXPECT_EQ(read.next_poll, 4);
  EXPECT_EQ(read.failures, 0);
  EXPECT_EQ(read.last_error, "timed out");
  EXPECT_TRUE(read.gone);
  EXPECT_EQ(read.documents, 6);
  EXPECT_EQ(read.ttl, 7);
  EXPECT_EQ(read.skip, state.skip);
  EXPECT_EQ(read.moved.from, 0xfffffffffffffffe);
  EXPECT_EQ(read.moved.to, "https://y.example/f");
  EXPECT_EQ(read.moved.since, 10);
  EXPECT_EQ(read.moved.times, 11);
  EXPECT_EQ(read.traffic.day, 12);
  EXPECT_EQ(read.traffic.bytes, 13);
  EXPECT_EQ(read.since, 14);
  EXPECT_TRUE(test::same(read.norm, state.norm));
  EXPECT_EQ(read.address, 0xfffffffffffffffd);
  EXPECT_EQ(read.rests_until, 15);
}

TEST_P(StoreContract, knows_which_items_of_a_feed_it_has_seen_and_how_they_read) {
  commit({.seen = {{"radio", "a", 7, 1000}, {"radio", "b", 0xffffffffffffffff, 1000}, {"wire", "c", 9, 1000}}});
  commit({.seen = {{"radio", "a", 8, 2000}}});
  const auto seen = *store->seen("radio", {"a", "b", "c", "d"});
  ASSERT_EQ(keys_of(seen), (Keys{"a", "b"}));
  EXPECT_EQ(seen[0].print, 8u);
  EXPECT_EQ(seen[0].first_seen, 1000) << "an edit does not make an item younger";
  EXPECT_EQ(seen[1].print, 0xffffffffffffffff);
}

TEST_P(StoreContract, gives_back_every_field_of_what_was_committed) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    test::Arbitrary arbitrary(seed);
    Commit change{.items = {an_item("a")},
                  .incidents = {arbitrary.make<Incident>()},
                  .alerts = {arbitrary.make<Alert>()},
                  .memories = {arbitrary.make<AlertMemory>()}};
    arbitrary.fill(change.items[0].item);
    change.incidents[0].status = IncidentStatus::ended;
    store = GetParam()();
    commit(change);
    HistoryFilter all;
    EXPECT_TRUE(test::same(*store->incidents(all), change.incidents)) << "seed " << seed;
    EXPECT_TRUE(test::same(*store->alerts(all), change.alerts)) << "seed " << seed;
    EXPECT_TRUE(test::same(*store->memories(std::numeric_limits<Millis>::min()), change.memories)) << "seed " << seed;
    EXPECT_TRUE(test::same(store->items(all)->at(0).item, change.items[0].item)) << "seed " << seed;
  }
}

TEST_P(StoreContract, an_item_keeps_what_was_understood_of_it) {
  StoredItem item = an_item("a");
  item.relevant = true;
  item.score = 0.75;
  item.type = "attack";
  item.country = "ML";
  item.place = "Bamako";
  item.incident = "i1";
  commit({.items = {item}});
  const auto read = store->items({})->at(0);
  EXPECT_EQ(read.feed, "radio");
  EXPECT_EQ(read.publisher, "Radio");
  EXPECT_TRUE(read.relevant);
  EXPECT_EQ(read.score, 0.75);
  EXPECT_EQ(read.type + read.country + read.place + read.incident, "attackMLBamakoi1");
  EXPECT_EQ(read.received, 1000);
}

TEST_P(StoreContract, a_later_revision_replaces_the_former_and_both_are_history) {
  commit({.incidents = {an_incident("i1", 1)}});
  Incident later = an_incident("i1", 2, 2000);
  later.killed.min = 77;
  commit({.incidents = {later}});
  ASSERT_EQ(store->incidents({})->size(), 1u);
  EXPECT_EQ(store->incidents({})->at(0).killed.min, 77);
  const auto revisions = *store->revisions("i1");
  ASSERT_EQ(revisions.size(), 2u);
  EXPECT_FALSE(revisions[0].killed.min);
  EXPECT_EQ(revisions[1].killed.min, 77);
  EXPECT_TRUE(store->revisions("i2")->empty());
}

TEST_P(StoreContract, a_merged_or_old_incident_is_not_open) {
  Incident merged = an_incident("i2", 1, 3000);
  merged.status = IncidentStatus::merged;
  commit({.incidents = {an_incident("i1", 1, 1000), merged, an_incident("i3", 1, 3000), an_incident("i4", 1, 2000)}});
  EXPECT_EQ(keys_of(*store->open_incidents(2000)), (Keys{"i4", "i3"}));
}

TEST_P(StoreContract, what_was_told_of_an_incident_is_replaced_by_what_is_told_next) {
  AlertMemory memory{"i1", "4F2K", 1, {"duty-officer"}, an_alert("k1", Severity::Severe, 1000)};
  commit({.memories = {memory}});
  memory.version = 2;
  memory.last.sent = 2000;
  commit({.memories = {memory}});
  ASSERT_EQ(store->memories(2000)->size(), 1u);
  EXPECT_EQ(store->memories(2000)->at(0).version, 2);
  EXPECT_TRUE(store->memories(2001)->empty());
}

TEST_P(StoreContract, the_most_severe_delivery_is_due_first_then_the_oldest) {
  commit({.alerts = {an_alert("minor", Severity::Minor), an_alert("extreme", Severity::Extreme)},
          .deliveries = {a_delivery("m1", "minor", 500), a_delivery("m2", "minor", 400),
                         a_delivery("e1", "extreme", 900), a_delivery("e2", "extreme", 1001)}});
  EXPECT_EQ(keys_of(*store->due(1000, 10)), (Keys{"e1", "m1", "m2"}));
  EXPECT_EQ(keys_of(*store->due(1000, 2)), (Keys{"e1", "m1"}));
  EXPECT_TRUE(store->due(1000, 0)->empty());
  EXPECT_EQ(store->due(1000, 1)->at(0).alert.key, "extreme");
  EXPECT_EQ(**store->next_due(), 400);
  EXPECT_EQ(*store->queued(), 4u);
}

TEST_P(StoreContract, a_delivery_that_was_sent_is_no_longer_due) {
  commit({.alerts = {an_alert("k")}, .deliveries = {a_delivery("d", "k")}});
  Delivery delivery = store->due(1000, 1)->at(0).delivery;
  EXPECT_NE(delivery.id, 0);
  delivery.attempts = 1;
  delivery.next_attempt = 5000;
  delivery.last_error = "connection refused";
  ASSERT_TRUE(store->update(delivery));
  EXPECT_TRUE(store->due(1000, 1)->empty());
  EXPECT_EQ(**store->next_due(), 5000);
  delivery.state = DeliveryState::sent;
  ASSERT_TRUE(store->update(delivery));
  EXPECT_EQ(*store->queued(), 0u);
  const auto all = *store->deliveries("k");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].state, DeliveryState::sent);
  EXPECT_EQ(all[0].attempts, 1);
  EXPECT_EQ(all[0].last_error, "connection refused");
}

TEST_P(StoreContract, the_queue_at_a_glance_has_its_oldest_and_what_was_given_up_lately) {
  EXPECT_EQ(store->outbox(0)->oldest, std::nullopt);
  std::vector<Delivery> four;
  for (const char* key : {"a", "b", "c", "d"}) four.push_back(a_delivery(key, "k"));
  for (std::size_t i = 0; i < 4; ++i) four[i].created = 1000 * static_cast<Millis>(i + 1);
  commit({.alerts = {an_alert("k")}, .deliveries = four});
  four[0].last_error = "refused";
  four[2].state = DeliveryState::failed;
  four[2].last_error = "no such user";
  four[3].state = DeliveryState::expired;
  four[3].last_error = "nobody answered";
  for (const Delivery& d : four) ASSERT_TRUE(store->update(d));
  const Outbox box = *store->outbox(3000);
  EXPECT_EQ(box.queued, 2u);
  EXPECT_EQ(box.oldest, 1000);
  EXPECT_EQ(box.waits_for, "refused");
  EXPECT_EQ(box.given_up, 2u);
  EXPECT_EQ(box.gave_up_because, "nobody answered");
  EXPECT_EQ(store->outbox(4001)->given_up, 0u);
}

TEST_P(StoreContract, a_note_replaces_the_former_about_the_same_and_an_empty_one_removes_it) {
  ASSERT_TRUE(store->leave({"reload", "rules.yaml:1:1", 1}));
  ASSERT_TRUE(store->leave({"reload", "rules.yaml:2:2", 2}));
  ASSERT_TRUE(store->leave({"other", "x", 3}));
  const auto notes = *store->notes();
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_EQ(notes[1].text, "rules.yaml:2:2");
  EXPECT_EQ(notes[1].at, 2);
  ASSERT_TRUE(store->leave({"reload", "", 4}));
  EXPECT_EQ(store->notes()->size(), 1u);
}

TEST_P(StoreContract, gives_the_states_of_all_feeds) {
  for (const char* feed : {"radio", "agency", "radio"}) {
    FeedState state;
    state.feed = feed;
    commit({.feed_state = state});
  }
  const auto states = *store->feed_states();
  ASSERT_EQ(states.size(), 2u);
  EXPECT_EQ(states[0].feed, "agency");
}

TEST_P(StoreContract, an_update_of_an_unknown_delivery_is_an_error) {
  EXPECT_EQ(store->update(a_delivery("nobody", "k")).error().message, "no delivery has the key nobody");
}

TEST_P(StoreContract, a_commit_may_be_repeated_without_a_second_alert_or_delivery) {
  const Commit change{.alerts = {an_alert("k")}, .deliveries = {a_delivery("d", "k")}};
  commit(change);
  Delivery sent = store->due(1000, 1)->at(0).delivery;
  sent.state = DeliveryState::sent;
  ASSERT_TRUE(store->update(sent));
  commit(change);
  EXPECT_EQ(store->alerts({})->size(), 1u);
  EXPECT_EQ(*store->queued(), 0u) << "what was sent is not queued again";
}

TEST_P(StoreContract, a_commit_with_one_bad_row_leaves_nothing_behind) {
  const Commit bad{.items = {an_item("a")},
                   .seen = {{"radio", "a", 1, 1}},
                   .incidents = {an_incident("i1")},
                   .alerts = {an_alert("k")},
                   .deliveries = {a_delivery("d1", "k"), a_delivery("d2", "no such alert")},
                   .feed_state = FeedState{.feed = "radio"}};
  EXPECT_FALSE(store->commit(bad));
  EXPECT_TRUE(store->items({})->empty());
  EXPECT_TRUE(store->seen("radio", {"a"})->empty());
  EXPECT_TRUE(store->incidents({})->empty());
  EXPECT_TRUE(store->alerts({})->empty());
  EXPECT_EQ(*store->queued(), 0u);
  EXPECT_FALSE(store->feed_state("radio")->has_value());
  commit({.alerts = {an_alert("k")}});
}

TEST_P(StoreContract, every_revision_is_given_in_the_order_of_writing_until_the_caller_has_enough) {
  commit({.incidents = {an_incident("i2", 1, 1000), an_incident("i1", 1, 1000)}});
  commit({.incidents = {an_incident("i2", 2, 2000)}});
  std::string order;
  const auto see = [&](const Incident& i) {
    order += i.id + "/" + std::to_string(i.revision) + " ";
    return order.size() < 10;
  };
  ASSERT_TRUE(store->each_revision([&](const Incident& i) { return see(i), true; }));
  EXPECT_EQ(order, "i2/1 i1/1 i2/2 ");
  order.clear();
  ASSERT_TRUE(store->each_revision(see));
  EXPECT_EQ(order, "i2/1 i1/1 ");
}

TEST_P(StoreContract, texts_are_those_of_one_incident_until_a_moment) {
  StoredItem item;
  item.incident = "i1";
  for (const Millis at : {1000, 2000, 3000}) {
    item.item.id = item.item.title = std::to_string(at);
    item.item.text = "text";
    item.received = at;
    commit({.items = {item}});
  }
  EXPECT_EQ(*store->texts("i1", 2000, 8), (std::vector<std::string>{"1000\ntext", "2000\ntext"}));
  EXPECT_EQ(store->texts("i1", 9000, 1)->size(), 1u);
  EXPECT_TRUE(store->texts("i2", 9000, 8)->empty());
}

TEST_P(StoreContract, history_is_newest_first_and_bounded) {
  commit({.items = {an_item("a", 1000), an_item("c", 3000), an_item("b", 2000)},
          .incidents = {an_incident("i1", 1, 1000), an_incident("i2", 1, 2000)},
          .alerts = {an_alert("k1", Severity::Severe, 1000), an_alert("k2", Severity::Severe, 2000)}});
  EXPECT_EQ(keys_of(*store->items({})), (Keys{"c", "b", "a"}));
  EXPECT_EQ(keys_of(*store->items({.since = 2000})), (Keys{"c", "b"}));
  EXPECT_EQ(keys_of(*store->items({.limit = 1})), (Keys{"c"}));
  EXPECT_TRUE(store->items({.limit = 0})->empty());
  EXPECT_EQ(keys_of(*store->incidents({.since = 1500})), (Keys{"i2"}));
  EXPECT_EQ(keys_of(*store->incidents({})), (Keys{"i2", "i1"}));
  EXPECT_EQ(keys_of(*store->alerts({.since = 1500})), (Keys{"k2"}));
  EXPECT_EQ(keys_of(*store->alerts({})), (Keys{"k2", "k1"}));
}

TEST_P(StoreContract, history_is_filtered_by_country) {
  StoredItem malian = an_item("m");
  malian.country = "ML";
  Incident nigerien = an_incident("i2");
  nigerien.place.country = "NE";
  Alert blind = an_alert("blind", Severity::Severe, 2000);
  blind.incident.reset();
  blind.system = SystemNotice{"blind", {"BF", "ML"}, {}};
  commit(
      {.items = {malian, an_item("x")}, .incidents = {an_incident("i1"), nigerien}, .alerts = {an_alert("k"), blind}});
  EXPECT_EQ(keys_of(*store->items({.country = "ML"})), (Keys{"m"}));
  EXPECT_EQ(keys_of(*store->incidents({.country = "NE"})), (Keys{"i2"}));
  EXPECT_EQ(keys_of(*store->alerts({.country = "ML"})), (Keys{"blind", "k"}));
  EXPECT_EQ(keys_of(*store->alerts({.country = "BF"})), (Keys{"blind"}));
}

TEST_P(StoreContract, history_is_filtered_by_any_rule_that_fired) {
  Alert alert = an_alert("k");
  alert.rules = {"attack-on-capital", "attack-on-airport"};
  StoredItem cause = an_item("cause");
  cause.incident = "i1";
  commit({.items = {cause, an_item("other")}, .incidents = {an_incident("i1"), an_incident("i2")}, .alerts = {alert}});
  EXPECT_EQ(keys_of(*store->alerts({.rule = "attack-on-airport"})), (Keys{"k"}));
  EXPECT_EQ(keys_of(*store->incidents({.rule = "attack-on-airport"})), (Keys{"i1"}));
  EXPECT_EQ(keys_of(*store->items({.rule = "attack-on-airport"})), (Keys{"cause"}));
  EXPECT_TRUE(store->alerts({.rule = "coup"})->empty());
}

TEST_P(StoreContract, alerts_and_the_incident_are_found_by_their_code) {
  Alert other = an_alert("k2");
  other.code = "5G3L";
  other.incident = an_incident("i2");
  commit({.incidents = {an_incident("i1"), an_incident("i2")}, .alerts = {an_alert("k"), other}});
  EXPECT_EQ(keys_of(*store->alerts({.code = "5G3L"})), (Keys{"k2"}));
  EXPECT_EQ(keys_of(*store->incidents({.code = "5G3L"})), (Keys{"i2"}));
}

TEST_P(StoreContract, alerts_about_ourselves_are_those_of_no_incident) {
  Alert blind = an_alert("blind");
  blind.incident.reset();
  commit({.incidents = {an_incident("i1")}, .alerts = {an_alert("k"), blind}});
  EXPECT_EQ(keys_of(*store->alerts({.about_us = true})), (Keys{"blind"}));
}

TEST_P(StoreContract, every_word_of_the_text_filter_must_occur_in_any_case_with_or_without_accents) {
  commit({.items = {an_item("a")}, .incidents = {an_incident("i1")}, .alerts = {an_alert("k")}});
  EXPECT_EQ(keys_of(*store->items({.text = "GENDARMERIE ecole"})), (Keys{"a"}));
  EXPECT_EQ(keys_of(*store->items({.text = "  habitants "})), (Keys{"a"}));
  EXPECT_TRUE(store->items({.text = "ecole hospital"})->empty());
  EXPECT_EQ(keys_of(*store->incidents({.text = "bamako attaque"})), (Keys{"i1"}));
  EXPECT_TRUE(store->incidents({.text = "place"})->empty()) << "names of fields are not words";
  EXPECT_EQ(keys_of(*store->alerts({.text = "4f2k"})), (Keys{"k"}));
}

TEST_P(StoreContract, a_filter_is_a_value_and_never_a_query) {
  commit({.items = {an_item("a")}, .alerts = {an_alert("k")}});
  const std::string evil = "x' OR '1'='1";
  EXPECT_TRUE(store->items({.country = evil})->empty());
  EXPECT_TRUE(store->items({.rule = evil})->empty());
  EXPECT_TRUE(store->items({.text = "%"})->empty());
  EXPECT_TRUE(store->alerts({.rule = "\""})->empty());
}

TEST_P(StoreContract, purge_forgets_the_old_but_not_what_is_still_owed_or_still_open) {
  AlertMemory old_story{"i1", "4F2K", 1, {}, an_alert("sent", Severity::Severe, 1000)};
  AlertMemory open_story{"i2", "5G3L", 1, {}, an_alert("sent", Severity::Severe, 1000)};
  commit({.items = {an_item("old", 1000), an_item("new", 3000)},
          .seen = {{"radio", "old", 1, 1000}},
          .incidents = {an_incident("i1", 1, 1000), an_incident("i2", 1, 3000)},
          .alerts = {an_alert("sent", Severity::Severe, 1000), an_alert("owed", Severity::Severe, 1000)},
          .memories = {old_story, open_story},
          .deliveries = {a_delivery("d", "owed")}});
  EXPECT_EQ(*store->purge(2000), 4u);  // item, alert, memory, incident
  EXPECT_EQ(keys_of(*store->items({})), (Keys{"new"}));
  EXPECT_EQ(keys_of(*store->alerts({})), (Keys{"owed"}));
  EXPECT_EQ(keys_of(*store->incidents({})), (Keys{"i2"}));
  EXPECT_TRUE(store->revisions("i1")->empty());
  EXPECT_EQ(store->memories(0)->at(0).incident, "i2");
  EXPECT_EQ(store->seen("radio", {"old"})->size(), 1u) << "the feed may still serve it; it is not news again";
  EXPECT_EQ(keys_of(*store->due(5000, 10)), (Keys{"d"}));
}

}  // namespace tocsin
