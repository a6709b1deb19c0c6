#include "incidents/ledger.hpp"

#include <algorithm>
#include <array>

namespace tocsin {

namespace {
struct Figure {
  std::int64_t value = 0;
  Qualifier qualifier = Qualifier::unknown;
  std::optional<std::int64_t> min, max;
  std::string_view origin;
  char reliability = 'F';
};

std::optional<Figure> figure(const Telling& telling, const Count& count) {
  if (!count.known()) return std::nullopt;
  return Figure{
      count.min ? *count.min : *count.max, count.qualifier, count.min, count.max, telling.origin, telling.reliability};
}

bool much_worse(char reliability, char than) {
  return reliability > than + 1;
}

class Reading {
 public:
  void take(const Figure& figure) {
    highest_ = std::max({highest_.value_or(0), figure.value, figure.max.value_or(0)});
    if (!present_ || figure.origin == present_->origin) return settle(figure);
    if (figure.value > present_->value) {
      if (!much_worse(figure.reliability, present_->reliability) && believable(figure)) settle(figure);
    } else if (figure.value < present_->value) {
      lower(figure);
    }
  }

  [[nodiscard]] Toll toll() const {
    Toll t;
    if (!present_) return t;
    t.min = present_->qualifier == Qualifier::up_to ? present_->min : std::optional(present_->value);
    if (present_->qualifier == Qualifier::up_to && !present_->min) t.min = std::nullopt;
    t.best = present_->value;
    if (present_->qualifier != Qualifier::at_least || *highest_ > present_->value) t.max = highest_;
    t.qualifier = present_->qualifier;
    return t;
  }

 private:
  void settle(const Figure& figure) {
    present_ = figure;
    doubt_.reset();
  }

  /// Ten times as many in one step is more often the count of a year than of this deed: two must say so.
  bool believable(const Figure& figure) {
    if (present_->value < 5 || figure.value <= present_->value * 10) return true;
    if (leap_ && leap_->origin != figure.origin) return true;
    leap_ = figure;
    return false;
  }

  void lower(const Figure& figure) {
    if (doubt_ && doubt_->origin != figure.origin) return settle(figure);
    doubt_ = figure;
  }

  std::optional<Figure> present_, doubt_, leap_;
  std::optional<std::int64_t> highest_;
};
}  // namespace

Toll present_toll(const std::vector<Telling>& tellings, Count Telling::*count) {
  std::vector<const Telling*> order;
  for (const Telling& t : tellings)
    if (t.modality != Modality::denied && t.modality != Modality::hypothetical) order.push_back(&t);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->published < b->published; });
  Reading reading;
  for (const Telling* t : order)
    if (const auto f = figure(*t, t->*count)) reading.take(*f);
  return reading.toll();
}

int toll_band(const Toll& toll) {
  static constexpr std::array<std::int64_t, 10> kFrom{0, 1, 2, 5, 10, 25, 50, 100, 250, 500};
  if (!toll.best) return -1;
  std::int64_t step = 500;
  int band = static_cast<int>(std::upper_bound(kFrom.begin(), kFrom.end(), *toll.best) - kFrom.begin()) - 1;
  while (*toll.best >= step * 2 && step < (std::int64_t{1} << 40)) {
    step *= 2;
    ++band;
  }
  return band;
}

std::string toll_text(const Toll& toll) {
  if (!toll.best) return "?";
  const std::string number = std::to_string(*toll.best);
  switch (toll.qualifier) {
    case Qualifier::at_least:
      return number + "+";
    case Qualifier::about:
      return "~" + number;
    case Qualifier::up_to:
      return "<" + number;
    case Qualifier::exact:
    case Qualifier::unknown:
      break;
  }
  return number;
}

}  // namespace tocsin
