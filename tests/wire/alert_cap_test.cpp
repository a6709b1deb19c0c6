#include "wire/alert_cap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "wire/arbitrary.hpp"

namespace tocsin {

namespace {

/// The elements of the CAP 1.2 schema that a child may be, in its order; "!" marks the required ones.
const std::map<std::string, std::vector<std::string>> kSchema{
    {"alert",
     {"!identifier", "!sender", "!sent", "!status", "!msgType", "source", "!scope", "restriction", "addresses", "code",
      "note", "references", "incidents", "info"}},
    {"info", {"language",    "!category",   "!event",    "responseType", "!urgency",  "!severity",  "!certainty",
              "audience",    "eventCode",   "effective", "onset",        "expires",   "senderName", "headline",
              "description", "instruction", "web",       "contact",      "parameter", "resource",   "area"}},
    {"area", {"!areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling"}},
    {"parameter", {"!valueName", "!value"}},
    {"eventCode", {"!valueName", "!value"}},
    {"geocode", {"!valueName", "!value"}},
};

/// What is wrong with the children of `parent`, "" when nothing is.
std::string order_fault(const std::string& parent, const std::vector<std::string>& children) {
  const auto schema = kSchema.find(parent);
  if (schema == kSchema.end()) return children.empty() ? "" : parent + " has children";
  std::size_t at = 0;
  for (const std::string& child : children) {
    while (at < schema->second.size() && trim(schema->second[at]) != child && schema->second[at] != "!" + child) ++at;
    if (at == schema->second.size()) return child + " is unknown or out of order in " + parent;
  }
  for (const std::string& row : schema->second)
    if (row[0] == '!' && std::find(children.begin(), children.end(), row.substr(1)) == children.end())
      return parent + " lacks " + row.substr(1);
  return "";
}

/// Walks the tags of our own plain XML (no attributes but the namespace) and checks each element's children.
std::string fault(const std::string& xml) {
  std::vector<std::pair<std::string, std::vector<std::string>>> open{{"", {}}};
  for (std::size_t at = xml.find("<alert"); at != xml.npos; at = xml.find('<', at + 1)) {
    const std::string tag = xml.substr(at + 1, xml.find('>', at) - at - 1);
    if (tag[0] != '/') {
      const std::string name = tag.substr(0, tag.find(' '));
      open.back().second.push_back(name);
      open.emplace_back(name, std::vector<std::string>());
      continue;
    }
    if (open.back().first != tag.substr(1)) return tag + " closes " + open.back().first;
    if (std::string wrong = order_fault(open.back().first, open.back().second); !wrong.empty()) return wrong;
    open.pop_back();
  }
  return open.size() == 1 ? "" : "not all is closed";
}

bool has(const std::string& xml, const std::string& part) {
  return xml.find(part) != xml.npos;
}

Alert airport_attack() {
  Alert alert;
  alert.key = "i1 r2,a";
  alert.code = "4F2K";
  alert.sent = *parse_rfc3339("2024-09-17T06:40:00.250Z");
  alert.severity = Severity::Extreme;
  alert.headline = {{"en", "Attack in Bamako"}, {"fr", "Attaque à Bamako"}};
  alert.incident.emplace();
  alert.incident->id = "i1";
  alert.incident->type = EventType::attack;
  alert.incident->place.name = "Bamako";
  alert.incident->place.country = "ML";
  alert.incident->place.at = LatLon{12.65, -8};
  alert.incident->place.precision = Precision::place;
  alert.incident->targets = {{TargetClass::airport, "airport"}};
  alert.incident->killed.min = 77;
  return alert;
}

}  // namespace

TEST(AlertCap, says_what_the_alert_says_in_the_words_of_the_standard) {
  const std::string xml = to_cap(airport_attack(), "tocsin.example.org");
  EXPECT_EQ(fault(xml), "") << xml;
  EXPECT_TRUE(has(xml, "<identifier>i1_r2_a</identifier>"));
  EXPECT_TRUE(has(xml, "<sent>2024-09-17T06:40:00-00:00</sent>"));
  EXPECT_TRUE(has(xml, "<scope>Restricted</scope>\n  <restriction>TLP:GREEN</restriction>"));
  EXPECT_TRUE(has(xml, "<category>Security</category>\n    <category>Transport</category>"));
  EXPECT_TRUE(has(xml, "<language>fr</language>"));
  EXPECT_TRUE(has(xml, "<headline>Attaque à Bamako</headline>"));
  EXPECT_TRUE(has(xml, "<valueName>tocsin:killedMin</valueName>\n      <value>77</value>"));
  EXPECT_TRUE(has(xml, "<areaDesc>Bamako, Mali</areaDesc>\n      <circle>12.65000,-8.00000 10</circle>"));
}

TEST(AlertCap, an_update_refers_to_what_was_sent_before) {
  const std::vector<Alert> earlier{airport_attack()};
  Alert update = airport_attack();
  update.msg_type = MsgType::Update;
  const std::string xml = to_cap(update, "box", earlier);
  EXPECT_TRUE(has(xml, "<references>box,i1_r2_a,2024-09-17T06:40:00-00:00</references>"));
  EXPECT_EQ(fault(xml), "");
}

TEST(AlertCap, of_blindness_names_the_countries_as_areas) {
  Alert alert;
  alert.key = "k";
  alert.status = AlertStatus::System;
  alert.system = SystemNotice{"blind", {"ML", "ZZ"}, {}};
  const std::string xml = to_cap(alert, "box");
  EXPECT_EQ(fault(xml), "");
  EXPECT_TRUE(has(xml, "<areaDesc>ZZ</areaDesc>"));
  EXPECT_TRUE(has(xml, "<event>system blind</event>"));
}

TEST(AlertCap, is_in_the_order_of_the_schema_whatever_the_alert_holds) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto alert = test::Arbitrary(seed).make<Alert>();
    ASSERT_EQ(fault(to_cap(alert, "box", std::vector<Alert>{alert})), "") << "seed " << seed;
  }
}

TEST(AlertCap, escapes_feed_text) {
  Alert alert = airport_attack();
  alert.incident->tellings.emplace_back().title = "a</description><x>&\x1b\xff]]>";
  const std::string xml = to_cap(alert, "box");
  EXPECT_TRUE(has(xml, "a&lt;/description&gt;&lt;x&gt;&amp;\xEF\xBF\xBD]]&gt;")) << xml;
  EXPECT_EQ(fault(xml), "");
}

}  // namespace tocsin
