// opening_words < LINES: for each line "title TAB text" the words and pairs that the score looks at, one line each,
// separated by tabs. For packaging/weights/fit.py, which gives them their weights. Build machine only.
#include <iostream>
#include <string>

#include "understand/opening.hpp"

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    const auto tab = line.find('\t');
    const std::string title = line.substr(0, tab), text = tab == std::string::npos ? "" : line.substr(tab + 1);
    bool first = true;
    for (const auto& words : tocsin::opening_words(tocsin::tokenise(title, text))) {
      if (!first) std::cout << '\t';
      std::cout << words;
      first = false;
    }
    std::cout << '\n';
  }
}
