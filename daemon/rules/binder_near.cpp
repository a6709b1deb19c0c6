// The binder's part for distances and zones: names of assets, roads and zones become points and lines.
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "rules/binder.hpp"
#include "rules/reach.hpp"
#include "rules/suggestion.hpp"

namespace tocsin {

namespace {

std::optional<double> kilometres(std::string_view text) {
  double km = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), km, std::chars_format::fixed);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (failed != std::errc{} || unit != "km" || !(km > 0 && km <= kMostKm)) return std::nullopt;
  return km;
}

/// An asset is found by its id and by the code that alerts show.
std::vector<Shape> asset_shapes(const Organisation& o) {
  std::vector<Shape> shapes;
  for (const Asset& a : o.assets) {
    shapes.push_back({a.id, {a.at}, a.kind});
    if (!a.code.empty() && a.code != a.id) shapes.push_back({a.code, {a.at}, a.kind});
  }
  return shapes;
}

template <class Named, class Line>
std::vector<Shape> shapes_of(const std::vector<Named>& all, Line line, std::string_view kind) {
  std::vector<Shape> shapes;
  for (const Named& n : all) shapes.push_back({n.id, n.*line, std::string(kind)});
  return shapes;
}

}  // namespace

void Binder::bind_reach(Draft& draft) {
  const Word& written = draft.expr.distance;
  const Spot spot{draft.source.file, draft.source.at(written.at)};
  if (written.text == "reach") {
    draft.operand.reach = names_.reach;
    highest_layer_ = std::max(highest_layer_, names_.reach_layer);
    if (!names_.reach) wrong(draft, spot, "R014", "there is no table \"reach\"; write one, or kilometres such as 25km");
    return;
  }
  if (const auto km = kilometres(written.text))
    draft.operand.km = *km;
  else
    wrong(draft, spot, "R014",
          "\"" + written.text + "\" is no distance; write kilometres up to 2000, such as 25km, or reach");
}

void Binder::bind_distance(Draft& draft) {
  const Expr& e = draft.expr;
  bind_reach(draft);
  if (e.values.empty())
    return wrong(draft, {draft.source.file, draft.source.at(e.name.at)}, "R014", "an empty list never holds");
  for (const Word& word : e.values) {
    if (e.near == Expr::Near::any_of_kind)
      shapes_of_kind(draft, word);
    else if (e.near == Expr::Near::road)
      add_shape(draft, word, "road", shapes_of(world_.organisation.roads, &Road::line, "road"));
    else
      add_shape(draft, word, "asset", asset_shapes(world_.organisation));
  }
}

void Binder::bind_zone(Draft& draft) {
  for (const Word& word : draft.expr.values)
    add_shape(draft, word, "zone", shapes_of(world_.organisation.zones, &Zone::polygon, "zone"));
  if (draft.expr.values.empty())
    wrong(draft, {draft.source.file, draft.source.at(draft.expr.name.at)}, "R014", "an empty list never holds");
}

void Binder::shapes_of_kind(Draft& draft, const Word& kind) {
  const Organisation& o = world_.organisation;
  const Spot spot{draft.source.file, draft.source.at(kind.at)};
  if (std::find(kAssetKinds.begin(), kAssetKinds.end(), kind.text) == kAssetKinds.end())
    return wrong(draft, spot, "R018",
                 "unknown kind of asset \"" + kind.text + "\"" +
                     did_you_mean(kind.text, {kAssetKinds.begin(), kAssetKinds.end()}));
  auto& shapes = draft.operand.shapes;
  const std::size_t before = shapes.size();
  for (const Asset& a : o.assets)
    if (a.kind == kind.text || kind.text == "asset") shapes.push_back({a.id, {a.at}, a.kind});
  if (kind.text == "road")
    for (const Road& r : o.roads) shapes.push_back({r.id, r.line, "road"});
  // An organisation that has entered nothing yet knows it; one that has may have mistyped a kind.
  if (shapes.size() == before && !o.assets.empty())
    findings_.warning(spot.file, spot.at, "R033",
                      "the configuration has no " + kind.text + ": this never holds until it has one");
}

void Binder::add_shape(Draft& draft, const Word& word, std::string_view noun, const std::vector<Shape>& known) {
  const auto it = std::find_if(known.begin(), known.end(), [&](const Shape& s) { return s.id == word.text; });
  if (it != known.end()) {
    draft.operand.shapes.push_back(*it);
    return;
  }
  std::vector<std::string> ids;
  for (const Shape& s : known) ids.push_back(s.id);
  const std::string hint = known.empty() ? "; the configuration has none" : did_you_mean(word.text, ids);
  wrong(draft, {draft.source.file, draft.source.at(word.at)}, "R018",
        "unknown " + std::string(noun) + " \"" + word.text + "\"" + hint);
}

}  // namespace tocsin
