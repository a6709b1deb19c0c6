// CAP 1.0 to 1.2 (OASIS Common Alerting Protocol) wherever it stands: a document of its own, inside an Atom entry, or
// as loose cap:* elements beside the others (NWS, MeteoAlarm); and GDACS, whose elements say the same in other words.
// feeds/ only.
#pragma once
#include "feeds/format.hpp"

namespace tocsin {

/// Sees the children of one entry, one after the other, and the alert that they make up.
class CapReader {
 public:
  /// Whether an element of that name may belong to an alert; read() tells whether it does.
  static bool may_read(Name name);
  /// True when the element belonged to an alert.
  bool read(const Source& source, const pugi::xml_node& element);
  /// `element` is an <alert>.
  void read_alert(const Source& source, const pugi::xml_node& element);
  /// Fills what the alert says and the entry does not: fields, title, text, language, times, points.
  void finish(Item& item);

 private:
  void info(const Source& source, const pugi::xml_node& element);
  void field(const Source& source, const pugi::xml_node& element);
  std::string* plain_field(std::uint64_t local);
  void add_area(const std::string& name);
  void gdacs_field(const Source& source, const pugi::xml_node& element);

  bool found_ = false;
  CapFields cap_;
  Item said_;  // what the alert says of title, text, language ...
  std::string description_, instruction_, gdacs_event_, gdacs_episode_;
};

}  // namespace tocsin
