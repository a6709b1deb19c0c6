// The incidents of the last months for rules that count: a slim copy in memory, the latest revision of each.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "rules/counting.hpp"

namespace tocsin {

class Past : public History {
 public:
  /// Nothing older than this is asked for by the shipped rules; older ones are let go.
  static constexpr Millis kKeep = 90 * kDay;

  /// New ones and revisions. Tellings, which no counting rule reads, are not kept.
  void add(const std::vector<Incident>& incidents);
  /// When the record begins: the first incident, or what the caller knows of an empty beginning.
  void begins(Millis since) { since_ = since; }
  void forget_before(Millis moment);

  [[nodiscard]] Millis since() const override;
  void visit(Millis from, Millis to, const std::function<void(const Incident&)>& see) const override;

 private:
  std::map<std::string, Incident> incidents_;
  Millis since_ = 0;
};

}  // namespace tocsin
