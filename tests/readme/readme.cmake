# The first code block of README.md is what works as it stands on a fresh machine: two lines.
file(READ ${ROOT}/README.md text)
string(REGEX MATCH "```[^\n]*\n([^`]*)```" block "${text}")
if(NOT CMAKE_MATCH_1 STREQUAL "./dev demo\n./dev test\n")
    message(FATAL_ERROR "README.md: its first code block should be ./dev demo and ./dev test, "
                        "but is:\n${block}")
endif()
