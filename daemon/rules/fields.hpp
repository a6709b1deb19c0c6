// The reading functions of the fields, by family. Only the registry (fields.cpp) includes this.
#pragma once
#include "rules/field.hpp"

namespace tocsin::fields {

Value type(const Incident&, const MatchContext&);
Value modality(const Incident&, const MatchContext&);
Value contested(const Incident&, const MatchContext&);
std::vector<std::string> type_words(const RuleWorld&);
std::vector<std::string> modality_words(const RuleWorld&);
std::vector<std::string> flag_words(const RuleWorld&);

Value country(const Incident&, const MatchContext&);
Value region_code(const Incident&, const MatchContext&);
Value place_name(const Incident&, const MatchContext&);
Value place_kind(const Incident&, const MatchContext&);
Value where(const Incident&, const MatchContext&);
std::vector<std::string> country_words(const RuleWorld&);
std::vector<std::string> place_kind_words(const RuleWorld&);

Value target(const Incident&, const MatchContext&);
Value actor(const Incident&, const MatchContext&);
Value actor_group(const Incident&, const MatchContext&);
std::vector<std::string> target_words(const RuleWorld&);
std::vector<std::string> actor_words(const RuleWorld&);
std::vector<std::string> actor_group_words(const RuleWorld&);

Value killed(const Incident&, const MatchContext&);
Value injured(const Incident&, const MatchContext&);
Value abducted(const Incident&, const MatchContext&);
Value publishers(const Incident&, const MatchContext&);
Value reports(const Incident&, const MatchContext&);
Value reliability(const Incident&, const MatchContext&);
Value credibility(const Incident&, const MatchContext&);
Value confidence(const Incident&, const MatchContext&);
std::vector<std::string> reliability_words(const RuleWorld&);

Value age(const Incident&, const MatchContext&);
Value hour(const Incident&, const MatchContext&);
Value weekday(const Incident&, const MatchContext&);
std::vector<std::string> weekday_words(const RuleWorld&);

Value language(const Incident&, const MatchContext&);
Value feed(const Incident&, const MatchContext&);
Value feed_tag(const Incident&, const MatchContext&);
Value title(const Incident&, const MatchContext&);
Value text(const Incident&, const MatchContext&);
std::vector<std::string> language_words(const RuleWorld&);
std::vector<std::string> feed_words(const RuleWorld&);
std::vector<std::string> feed_tag_words(const RuleWorld&);

}  // namespace tocsin::fields
