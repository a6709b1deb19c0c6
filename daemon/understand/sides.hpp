// Who did it and what was hit: actors with their part in the deed, targets with their class.
#pragma once
#include <vector>

#include "model/report.hpp"
#include "understand/events.hpp"
#include "understand/reading.hpp"

namespace tocsin {

struct ActorMention {
  ActorRef actor;
  std::uint32_t first = 0, last = 0, sentence = 0;
  bool named = false;
};

struct TargetMention {
  TargetRef target;
  std::uint32_t first = 0, last = 0, sentence = 0;
  bool scene = false;  // "on the road", "in a house": where it happened rather than what was hit
};

std::vector<ActorMention> find_actors(const Reading& reading, const std::vector<EventMention>& events,
                                      const std::vector<Casualty>& casualties);
std::vector<TargetMention> find_targets(const Reading& reading, const std::vector<EventMention>& events,
                                        const std::vector<Casualty>& casualties);

}  // namespace tocsin
