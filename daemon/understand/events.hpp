// Every mention of an event in the text, with its part of speech, its support and its modality. A mention is not yet a
// report: report.cpp joins mentions to incidents.
#pragma once
#include <vector>

#include "model/report.hpp"
#include "understand/casualties.hpp"
#include "understand/reading.hpp"

namespace tocsin {

struct EventMention {
  EventType type{};
  Modality modality = Modality::reported;
  std::uint32_t first = 0, last = 0;  // tokens
  std::uint32_t sentence = 0;
  std::uint32_t cue_first = 0, cue_last = 0;  // what decided the modality; empty when nothing did
  int strength = 2;                           // 1 weak, 2 plain, 3 strong
  bool verb = false;
  bool loose = false;      // "explosion": fits wider deeds too
  bool from_harm = false;  // only a killing or wounding tells of it
};

/// Sentence by sentence; weak words only where arms, victims or armed sides support them.
std::vector<EventMention> find_events(const Reading& reading, const std::vector<Casualty>& casualties);

}  // namespace tocsin
