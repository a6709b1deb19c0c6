// `tocsin feeds list | test | add`: which feeds there are, what one would bring, and new ones. Called by cli.cpp.
#pragma once
#include "app/options.hpp"

namespace tocsin {

int feeds_list_command(const FeedsListOptions& options);
int feeds_test_command(const FeedsTestOptions& options);
int feeds_add_command(const FeedsAddOptions& options);

}  // namespace tocsin
