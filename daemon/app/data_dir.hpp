// Where the daemon's read-only data lies: rules, lexicons, the phrase image. Found without flags beside the checkout or
// under the installed prefix; TOCSIN_DATA overrides.
#pragma once
#include <string>

namespace tocsin {

/// The folder that holds `rules/` and `config/`; "" when there is none.
std::string data_dir();
/// The phrase image (see understand/image.hpp): beside the binary in a build tree, in the data folder when installed.
std::string image_path();

}  // namespace tocsin
