// Transports that keep what they were asked to send and answer when the test says so.
#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "ports/transport.hpp"

namespace tocsin {

class FakeTerminal : public TerminalTransport {
 public:
  SendResult print(const TerminalRequest& request) override {
    printed.push_back(request.text);
    return result;
  }
  std::vector<std::string> printed;
  SendResult result{true, 0, false, ""};
};

/// Mail, HTTP and processes alike: requests wait until answer() is called.
template <class Port, class Request, class Answer>
class FakeTransport : public Port {
 public:
  struct Waiting {
    Request request;
    std::function<void(Answer)> done;
  };
  void answer(const Answer& with) {
    auto waiting = std::exchange(waiting_, {});
    for (auto& w : waiting) w.done(with);
  }
  [[nodiscard]] const std::vector<Waiting>& waiting() const { return waiting_; }
  std::vector<Request> sent;

 protected:
  void take(Request request, std::function<void(Answer)> done) {
    sent.push_back(request);
    waiting_.push_back({std::move(request), std::move(done)});
  }

 private:
  std::vector<Waiting> waiting_;
};

class FakeMail : public FakeTransport<MailTransport, MailRequest, SendResult> {
 public:
  void send(MailRequest request, std::function<void(SendResult)> done) override {
    take(std::move(request), std::move(done));
  }
};
class FakeHttp : public FakeTransport<HttpTransport, HttpRequest, HttpResponse> {
 public:
  void send(HttpRequest request, std::function<void(HttpResponse)> done) override {
    take(std::move(request), std::move(done));
  }
};
class FakeProcess : public FakeTransport<ProcessTransport, ProcessRequest, SendResult> {
 public:
  void run(ProcessRequest request, std::function<void(SendResult)> done) override {
    take(std::move(request), std::move(done));
  }
};

}  // namespace tocsin
