// make_image RULES_DIR OUT [PLACES_FILE]: writes the phrase image from the files that people edit. Runs on the build
// machine.
#include <cstdio>

#include "image_builder.hpp"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: make_image RULES_DIR OUT [PLACES_FILE]\n");
    return 2;
  }
  using namespace tocsin::codegen;
  const std::string rules = argv[1];
  ImageBuilder image;
  int faults = read_lexicon(rules + "/lexicon", image);
  faults += read_actors(rules + "/actors/actors.tsv", image);
  faults += read_places(argc > 3 ? argv[3] : rules + "/places/places.tsv", image);
  faults += read_demonyms(rules + "/places/demonyms.tsv", image);
  faults += read_weights(rules + "/lexicon/weights.tsv", image);
  faults += read_words(rules + "/lexicon/words.tsv", image);
  faults += read_precedence(rules + "/lexicon/precedence.tsv", image);
  if (faults > 0) return 1;
  const auto wrong = image.write(argv[2]);
  if (!wrong.empty()) std::fprintf(stderr, "make_image: %s\n", wrong.c_str());
  return wrong.empty() ? 0 : 1;
}
