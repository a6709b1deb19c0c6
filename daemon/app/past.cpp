#include "app/past.hpp"

#include <algorithm>

namespace tocsin {

void Past::add(const std::vector<Incident>& incidents) {
  for (const Incident& incident : incidents) {
    Incident slim = incident;
    slim.tellings.clear();
    slim.story.clear();
    incidents_.insert_or_assign(incident.id, std::move(slim));
  }
}

void Past::forget_before(Millis moment) {
  std::erase_if(incidents_, [moment](const auto& entry) { return entry.second.opened < moment; });
}

Millis Past::since() const {
  if (since_ != 0 || incidents_.empty()) return since_;
  return std::min_element(incidents_.begin(), incidents_.end(),
                          [](const auto& a, const auto& b) { return a.second.opened < b.second.opened; })
      ->second.opened;
}

void Past::visit(Millis from, Millis to, const std::function<void(const Incident&)>& see) const {
  for (const auto& [id, incident] : incidents_)
    if (incident.opened >= from && incident.opened < to) see(incident);
}

}  // namespace tocsin
