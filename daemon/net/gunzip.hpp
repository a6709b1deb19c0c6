// Where gunzip() was before base/inflate.hpp took it over. net/ only.
#pragma once
#include "base/inflate.hpp"
