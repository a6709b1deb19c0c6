#include "alerts/news.hpp"

#include <algorithm>

#include "incidents/changes.hpp"

namespace tocsin {

std::vector<std::string> news_since(const Alert& told, const Alert& now) {
  std::vector<std::string> news;
  if (told.unconfirmed && !now.unconfirmed) news.emplace_back("confirmed");
  if (told.incident && now.incident)
    for (auto& change : changes_between(*told.incident, *now.incident)) news.push_back(std::move(change));
  if (told.severity != now.severity)
    news.push_back("severity " + std::string(kSeverities(told.severity)) + " > " +
                   std::string(kSeverities(now.severity)));
  for (const auto& rule : now.rules)
    if (std::find(told.rules.begin(), told.rules.end(), rule) == told.rules.end()) news.push_back("rule + " + rule);
  return news;
}

}  // namespace tocsin
