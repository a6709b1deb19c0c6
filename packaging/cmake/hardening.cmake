# Release hardening; every flag is accepted by g++ 12 and clang 14.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT TOCSIN_SANITIZE)
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong
    -fstack-clash-protection -fPIE)
  add_link_options(-pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed)
endif()
