"""The value sets, by theme: identity, relationships, registries, care, diagnosis, pregnancy, sdm_v2; of the
complementary collections: treatments, errance, foetopathology."""
