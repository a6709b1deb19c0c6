#include "app/recording.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace tocsin {
namespace {
namespace fs = std::filesystem;

class RecordingTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder); }
  void TearDown() override { fs::remove_all(folder); }
  void keep(const std::string& name, const std::string& text) {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << text;
  }
  [[nodiscard]] Recording read(const std::vector<Feed>& known = {}) const {
    return read_recording({folder.string()}, known).value();
  }
  const fs::path folder = fs::path(testing::TempDir()) / ("tocsin-recording-" + std::to_string(::getpid()));
};

std::string post(const std::string& words) {
  return "<div class='tgme_widget_message' data-post='watch/1'><div class='tgme_widget_message_text js-message_text'>" +
         words +
         "</div><a class='tgme_widget_message_date' href='https://t.me/watch/1'><time "
         "datetime='2024-09-17T05:10:00+00:00'>05:10</time></a></div>";
}

Feed table(const std::string& name) {
  Mapping mapping;
  mapping.kind = "csv";
  mapping.title = "what";
  Feed feed;
  feed.id = name;
  feed.publisher = "office";
  feed.mapping = std::make_shared<const Mapping>(mapping);
  return feed;
}

TEST_F(RecordingTest, documents_of_one_title_are_versions_of_one_feed) {
  keep("a-20240917T050000.xml", "<rss><channel><title>Radio</title></channel></rss>");
  keep("b-20240917T060000.xml", "<rss><channel><title>Radio</title></channel></rss>");
  const Recording r = read();
  ASSERT_EQ(r.feeds.size(), 1u);
  EXPECT_EQ(r.feeds[0].id, "Radio");
  ASSERT_EQ(r.documents.size(), 2u);
  EXPECT_EQ(rfc3339(r.documents[1].observed_at), "2024-09-17T06:00:00Z");
}

TEST_F(RecordingTest, what_is_no_feed_is_read_by_a_shipped_mapping) {
  keep("watch-1.html", post("The road is closed."));
  keep("watch-2.html", post("The road is open."));
  const Recording r = read();
  ASSERT_EQ(r.feeds.size(), 1u);
  EXPECT_EQ(r.feeds[0].mapping->preset, "telegram");
  EXPECT_EQ(rfc3339(r.documents[0].observed_at), "2024-09-17T05:10:00Z");
}

TEST_F(RecordingTest, a_file_or_folder_called_like_a_feed_of_the_configuration_is_that_feeds) {
  keep("events-20240917T050000.csv", "what\nGunfire\n");
  keep("board/1.csv", "what\nGunfire\n");
  keep("eventsofother.xml", "<rss><channel><title>Radio</title></channel></rss>");
  const Recording r = read({table("events"), table("board")});
  std::string ids;
  for (const Feed& feed : r.feeds) ids += feed.id + (feed.mapping ? "* " : " ");
  EXPECT_EQ(ids, "board* events* Radio ");
  EXPECT_EQ(r.feeds[0].publisher, "office");
}

TEST_F(RecordingTest, an_empty_folder_is_named) {
  EXPECT_EQ(read_recording({folder.string()}, {}).error().message, folder.string() + ": no documents in this folder");
}

}  // namespace
}  // namespace tocsin
