package barocall.intake.words;

import org.jspecify.annotations.Nullable;

/** A place as a body says it. Latitude and longitude in degrees, WGS 84, both or none. */
public record GivenPlace(
    @Nullable String address, @Nullable Double latitude, @Nullable Double longitude) {}
