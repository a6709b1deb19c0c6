# tocsin.image: lexicons, actors and gazetteer as one mapped file, beside the binary.
add_executable(make_image packaging/codegen/make_image.cpp packaging/codegen/image_builder.cpp
  packaging/codegen/image_lexicon.cpp packaging/codegen/image_names.cpp)
target_link_libraries(make_image PRIVATE tocsin_understand)
file(GLOB_RECURSE image_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/rules/lexicon/*.tsv ${CMAKE_SOURCE_DIR}/rules/actors/*.tsv
  ${CMAKE_SOURCE_DIR}/rules/places/*.tsv)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/tocsin.image
  COMMAND make_image ${CMAKE_SOURCE_DIR}/rules ${CMAKE_BINARY_DIR}/tocsin.image
  DEPENDS make_image ${image_sources} COMMENT "Writing the phrase image" VERBATIM)
add_custom_target(tocsin_image ALL DEPENDS ${CMAKE_BINARY_DIR}/tocsin.image)
# For packaging/weights/fit.py only.
add_executable(opening_words EXCLUDE_FROM_ALL packaging/codegen/opening_words.cpp)
target_link_libraries(opening_words PRIVATE tocsin_understand)
