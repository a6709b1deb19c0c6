// The rows of the registry, one defined in each channel's own file. For registry.cpp only.
#pragma once
#include "channels/registry.hpp"

namespace tocsin {

extern const ChannelKind kTerminalChannel, kMailChannel, kWebhookChannel, kExecChannel;

}  // namespace tocsin
