// Whether an event is told as a fact, as past, as possible, denied, rehearsed or threatened.
#pragma once
#include "model/report.hpp"
#include "understand/reading.hpp"

namespace tocsin {

struct ModalityReading {
  Modality modality = Modality::reported;
  std::uint32_t first = 0, last = 0;  // tokens of the cue; equal when there is none
};

/// For an event word at tokens [first, last) of its sentence.
ModalityReading modality_of(const Reading& reading, std::size_t first, std::size_t last);

}  // namespace tocsin
