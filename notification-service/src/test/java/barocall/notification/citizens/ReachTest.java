package barocall.notification.citizens;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Channel;
import barocall.contract.Event.Contact;
import barocall.notification.deliveries.Delivery.Means;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
  @ParameterizedTest
  @CsvSource({
    "010-1234-5678, true",
    "+82 10 1234 5678, true",
    "01012345678, true",
    "054-779-8585, false",
    "+82-54-779-8585, false",
    "070-1234-5678, false",
    "213-473-3231, true",
    "119, false"
  })
  void onlyMobileTelephonesTakeTexts(String telephone, boolean takes) {
    assertThat(Reach.takesTexts(telephone)).isEqualTo(takes);
  }

  @ParameterizedTest
  @CsvSource({
    "TELEPHONE, EMAIL",
    "SMS, TEXT",
    "MOBILE, TEXT",
    "WEB, EMAIL",
    "EMAIL, EMAIL",
    "OPEN311, EMAIL",
    "COUNTER, EMAIL",
  })
  void theWayThatTheyCameIsTriedFirst(Channel channel, Means first) {
    Means other = first == Means.TEXT ? Means.EMAIL : Means.TEXT;
    assertThat(Reach.of(channel, new Contact(null, "sealed", "sealed", null)))
        .containsExactly(first, other);
    assertThat(Reach.of(channel, new Contact(null, "sealed", null, null)))
        .containsExactly(Means.TEXT);
    assertThat(Reach.of(channel, new Contact(null, null, "sealed", null)))
        .containsExactly(Means.EMAIL);
    assertThat(Reach.of(channel, new Contact("sealed", null, null, null))).isEmpty();
  }
}
