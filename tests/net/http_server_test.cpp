// HttpServer on loopback and on a Unix socket; the test is its client, with plain sockets.
#include "net/http_server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <thread>

namespace tocsin {
namespace {

/// Answers with what it was asked; refuses /no before the body.
class Echo : public HttpService {
 public:
  std::optional<ServedAnswer> refuse(const ServedRequest& head) override {
    if (head.path == "/no") return ServedAnswer{401, "text/plain", "no\n", {{"WWW-Authenticate", "Bearer"}}};
    return std::nullopt;
  }
  ServedAnswer answer(const ServedRequest& request) override {
    ++answered;
    const auto key = request.headers.find("x-key");
    return {201,
            "text/plain",
            request.method + " " + request.path + " " + (key == request.headers.end() ? "" : key->second) + " [" +
                request.body + "]",
            {}};
  }
  std::atomic<int> answered = 0;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  }
  explicit Client(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    path.copy(to.sun_path, sizeof to.sun_path - 1);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(const std::string& bytes) const { (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  /// Everything until the server ends the line; "(nothing within 5 s)" when it does not.
  [[nodiscard]] std::string rest() const {
    std::string all;
    for (char piece[4096];;) {
      pollfd ready{socket_, POLLIN, 0};
      if (::poll(&ready, 1, 5000) != 1) return all + "(nothing within 5 s)";
      const auto got = ::recv(socket_, piece, sizeof piece, 0);
      if (got <= 0) return all;
      all.append(piece, static_cast<std::size_t>(got));
    }
  }
  [[nodiscard]] std::string asks(const std::string& bytes) const {
    send(bytes);
    return rest();
  }

 private:
  int socket_;
};

class Served : public ::testing::Test {
 protected:
  Served() : server(io, echo), thread([this] { io.run(); }) {}
  ~Served() override {
    in_loop([this] { server.stop_listening(); });
    io.stop();
    thread.join();
  }
  void in_loop(const std::function<void()>& job) {
    std::promise<void> done;
    boost::asio::post(io, [&] {
      job();
      done.set_value();
    });
    done.get_future().wait();
  }
  std::uint16_t listen(HttpServerLimits limits = {}) {
    in_loop([&] { EXPECT_TRUE(server.listen({"127.0.0.1", 0, ""}, limits)); });
    return server.port();
  }

  Echo echo;
  boost::asio::io_context io{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{io.get_executor()};
  HttpServer server;
  std::thread thread;
};

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_F(Served, a_request_gets_one_answer_and_the_line_is_cut) {
  const auto port = listen();
  const std::string got = Client(port).asks(
      "POST /reports?x=1 HTTP/1.1\r\nHost: x\r\nX-Key: k\r\nX-KEY: other\r\nContent-Length: 2\r\n\r\nhi"
      "GET /second HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(got.starts_with("HTTP/1.1 201 Created\r\n")) << got;
  EXPECT_TRUE(got.ends_with("\r\n\r\nPOST /reports k [hi]")) << got;
  EXPECT_TRUE(has(got, "Connection: close")) << got;
  EXPECT_EQ(echo.answered, 1) << "what follows is not read";
}

TEST_F(Served, a_body_in_pieces_is_put_together) {
  const auto port = listen();
  EXPECT_TRUE(has(Client(port).asks("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"),
                  "[hello]"));
}

TEST_F(Served, a_head_alone_can_be_refused_before_the_body_comes) {
  const auto port = listen();
  const std::string got = Client(port).asks("POST /no HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n");
  EXPECT_TRUE(got.starts_with("HTTP/1.1 401 ")) << got;
  EXPECT_TRUE(has(got, "WWW-Authenticate: Bearer")) << got;
  EXPECT_EQ(echo.answered, 0);
}

TEST_F(Served, a_client_that_waits_for_leave_gets_it) {
  const auto port = listen();
  const Client client(port);
  client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  const std::string got = client.asks("hi");
  EXPECT_TRUE(got.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201")) << got;
}

TEST_F(Served, what_is_too_large_is_refused_in_words) {
  const auto port = listen({.max_body = 1000});
  EXPECT_TRUE(has(Client(port).asks("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n"), "HTTP/1.1 413 "));
  EXPECT_TRUE(has(Client(port).asks("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" +
                                    std::string(1001, 'x') + "\r\n0\r\n\r\n"),
                  "larger than 1000 bytes"));
  EXPECT_TRUE(has(Client(port).asks("GET / HTTP/1.1\r\nX: " + std::string(9000, 'x') + "\r\n\r\n"), "HTTP/1.1 431 "));
}

TEST_F(Served, what_is_no_request_is_told_so_and_not_repeated) {
  const auto port = listen();
  for (const char* wrong : {"\x16\x03\x01 canary\r\n\r\n", "GET\r\n\r\n",
                            "POST / HTTP/1.1\r\nContent-Length: canary\r\n\r\n", "GET / SPDY/9\r\n\r\n"}) {
    const std::string got = Client(port).asks(wrong);
    EXPECT_TRUE(got.starts_with("HTTP/1.1 400 ")) << wrong << got;
    EXPECT_FALSE(has(got, "canary"));
  }
  EXPECT_EQ(echo.answered, 0);
}

TEST_F(Served, slow_heads_and_slow_bodies_are_cut_off) {
  const auto port = listen({.head_time = 200, .request_time = 400});
  const Client head(port), body(port), nothing(port);
  head.send("POST / HTTP/1.1\r\nHost");
  body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nfive ");
  EXPECT_EQ(head.rest(), "");
  EXPECT_EQ(body.rest(), "");
  EXPECT_EQ(nothing.rest(), "");
  EXPECT_EQ(echo.answered, 0);
}

TEST_F(Served, many_slow_clients_do_not_keep_a_quick_one_out) {
  const auto port = listen({.connections = 4});
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 12; ++i) {
    slow.push_back(std::make_unique<Client>(port));
    slow.back()->send("POST / HTTP/1.1\r\n");
  }
  EXPECT_TRUE(has(Client(port).asks("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n"), "GET /quick"));
  EXPECT_EQ(slow.front()->rest(), "") << "the first gave way";
  in_loop([&] { EXPECT_LE(server.connections(), 4u); });
}

TEST_F(Served, a_unix_socket_is_for_owner_and_group_and_goes_with_the_listener) {
  std::string folder = "/tmp/tocsin-http-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/r.sock";
  in_loop([&] { EXPECT_TRUE(server.listen({"", 0, path}, {})); });
  struct stat state {};
  ASSERT_EQ(::stat(path.c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777, 0660u);
  EXPECT_TRUE(has(Client(path).asks("GET /unix HTTP/1.1\r\nHost: x\r\n\r\n"), "GET /unix"));
  in_loop([&] { server.stop_listening(); });
  EXPECT_NE(::stat(path.c_str(), &state), 0);
  ::rmdir(folder.c_str());
}

TEST_F(Served, a_socket_of_a_dead_process_is_replaced_and_a_file_is_not) {
  std::string folder = "/tmp/tocsin-http-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/r.sock";
  const int dead = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  path.copy(at.sun_path, sizeof at.sun_path - 1);
  ASSERT_EQ(::bind(dead, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
  ::close(dead);
  in_loop([&] { EXPECT_TRUE(server.listen({"", 0, path}, {})); });
  in_loop([&] { server.stop_listening(); });
  ::close(::creat(path.c_str(), 0600));
  in_loop([&] { EXPECT_FALSE(server.listen({"", 0, path}, {})); });
  ::unlink(path.c_str());
  ::rmdir(folder.c_str());
}

TEST_F(Served, an_owner_of_a_socket_who_takes_nobody_in_is_not_waited_for) {
  std::string folder = "/tmp/tocsin-http-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/r.sock";
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  path.copy(at.sun_path, sizeof at.sun_path - 1);
  const auto* address = reinterpret_cast<const sockaddr*>(&at);
  std::vector<int> sockets{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  ASSERT_EQ(::bind(sockets[0], address, sizeof at), 0);
  ASSERT_EQ(::listen(sockets[0], 0), 0);
  do sockets.push_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  while (::connect(sockets.back(), address, sizeof at) == 0);
  in_loop([&] { EXPECT_FALSE(server.listen({"", 0, path}, {})); });
  for (const int socket : sockets) ::close(socket);
  ::unlink(path.c_str());
  ::rmdir(folder.c_str());
}

TEST_F(Served, an_address_that_is_taken_is_an_error_in_words) {
  const auto port = listen();
  Echo other;
  HttpServer second(io, other);
  in_loop([&] {
    const auto result = second.listen({"127.0.0.1", port, ""}, {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message,
              "cannot listen on 127.0.0.1:" + std::to_string(port) + ": Address already in use");
    EXPECT_FALSE(second.is_listening());
  });
}

TEST_F(Served, listening_elsewhere_ends_the_former_place) {
  const auto first = listen();
  const Client waiting(first);
  const auto second = listen();
  EXPECT_TRUE(has(Client(second).asks("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), "201"));
  in_loop([&] { server.stop_listening(); });
  EXPECT_FALSE(server.is_listening());
}

}  // namespace tocsin
