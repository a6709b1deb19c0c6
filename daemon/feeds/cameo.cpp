#include "feeds/cameo.hpp"

#include <algorithm>
#include <array>

namespace tocsin {

namespace {
struct Words {
  std::string_view code, words;
};

constexpr std::array<Words, 83> kWords{{
    {"01", "Public statement"},
    {"02", "Appeal"},
    {"03", "Offer to cooperate"},
    {"04", "Talks"},
    {"05", "Diplomatic cooperation"},
    {"06", "Material cooperation"},
    {"07", "Aid"},
    {"08", "Concession"},
    {"0831", "Release of prisoners"},
    {"0871", "Ceasefire declared"},
    {"0873", "Demobilisation of fighters"},
    {"0874", "Military withdrawal"},
    {"09", "Investigation"},
    {"10", "Demand"},
    {"11", "Disapproval"},
    {"12", "Refusal"},
    {"13", "Threat"},
    {"138", "Threat of military force"},
    {"14", "Protest"},
    {"140", "Protest"},
    {"141", "Demonstration"},
    {"142", "Hunger strike"},
    {"143", "Strike or boycott"},
    {"144", "Protesters block a road"},
    {"145", "Violent protest, riot"},
    {"15", "Show of force"},
    {"151", "Police put on alert"},
    {"152", "Army put on alert"},
    {"153", "Police deployed"},
    {"154", "Troops deployed"},
    {"155", "Cyber forces mobilised"},
    {"16", "Relations reduced"},
    {"161", "Diplomatic relations reduced"},
    {"163", "Embargo or sanctions"},
    {"166", "Expulsion or withdrawal"},
    {"1661", "Peacekeepers expelled or withdrawn"},
    {"1662", "Inspectors or observers expelled or withdrawn"},
    {"1663", "Aid agency expelled or withdrawn"},
    {"17", "Coercion by the authorities"},
    {"171", "Property seized or damaged"},
    {"1711", "Property confiscated"},
    {"1712", "Property destroyed"},
    {"172", "Restrictions imposed"},
    {"1721", "Political freedoms restricted"},
    {"1722", "Parties or politicians banned"},
    {"1723", "Curfew imposed"},
    {"1724", "State of emergency or martial law imposed"},
    {"173", "Arrests"},
    {"174", "Expulsion or deportation"},
    {"175", "Violent repression by security forces"},
    {"176", "Cyber attack"},
    {"18", "Assault"},
    {"181", "Abduction or hostage-taking"},
    {"182", "Physical assault"},
    {"1821", "Sexual assault"},
    {"1822", "Torture"},
    {"1823", "Killing"},
    {"183", "Bomb attack"},
    {"1831", "Suicide bombing"},
    {"1832", "Vehicle bombing"},
    {"1833", "Roadside bombing"},
    {"1834", "Bombing of a place"},
    {"184", "People used as human shields"},
    {"185", "Attempted assassination"},
    {"186", "Assassination"},
    {"19", "Armed fighting"},
    {"190", "Military attack"},
    {"191", "Blockade"},
    {"192", "Territory occupied"},
    {"193", "Fighting with small arms"},
    {"194", "Fighting with artillery and tanks"},
    {"195", "Air strike"},
    {"1951", "Air strike with guided weapons"},
    {"1952", "Drone strike"},
    {"196", "Ceasefire violated"},
    {"20", "Mass violence"},
    {"200", "Mass violence"},
    {"201", "Mass expulsion"},
    {"202", "Mass killing"},
    {"203", "Ethnic cleansing"},
    {"204", "Weapons of mass destruction used"},
    {"2041", "Chemical, biological or radiological weapons used"},
    {"2042", "Nuclear weapons used"},
}};
}  // namespace

std::string cameo_words(std::string_view code) {
  for (auto part = code; part.size() >= 2; part.remove_suffix(1)) {
    const auto known = std::find_if(kWords.begin(), kWords.end(), [&](const Words& w) { return w.code == part; });
    if (known != kWords.end()) return std::string(known->words);
  }
  return code.empty() ? std::string() : "event " + std::string(code);
}

}  // namespace tocsin
