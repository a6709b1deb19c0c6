// The parts of Boost.Asio that host/ needs. Only .cpp files of host/ include this: it costs seconds a file.
#pragma once
#include <utility>  // before Asio: its headers forget it

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
