// The canary: a made-up feed document that goes the whole way of the news, so that a daemon that polls but hears
// nothing any more is found out. Nobody is told. For the daemon; `tocsin status` shows the last one.
#pragma once
#include "base/result.hpp"
#include "base/time.hpp"
#include "model/organisation.hpp"
#include "understand/understander.hpp"

namespace tocsin {

inline constexpr Millis kCanaryEvery = 5 * kMinute;
inline constexpr Millis kCanaryLate = 12 * kMinute;  // without one for so long something is wrong

/// Reads the document, understands it, matches it against a rule of its own, and makes the message of everybody on duty
/// for each of their channels. It keeps nothing and touches no store. The failure names the step that fell silent.
Result<void> send_canary(const Understander& understander, const Organisation& organisation, Millis now);

}  // namespace tocsin
